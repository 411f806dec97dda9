import { describe, expect, it } from 'vitest';
import { SourceError, toSourceError } from '../../src/source/source-error.js';

const systemError = (code: string) => Object.assign(new Error(`${code}: open '/home/me/a.json'`), { code });

describe('what the system says about a source', () => {
  it.each([
    [systemError('ENOENT'), 'missing', 'a.json: there is no such file or directory. Check the path.'],
    [systemError('EACCES'), 'unreadable', 'a.json: permission denied. Check its permissions.'],
    [systemError('EIO'), 'unreadable', 'a.json: the system failed it (EIO). Check the file and its disk.'],
    [new Error('odd'), 'unreadable', 'a.json: the system failed it (odd). Check the file and its disk.'],
  ])('%s is told without the absolute path', (cause, kind, message) => {
    expect(toSourceError('a.json', cause)).toMatchObject({ kind, message, path: 'a.json', cause });
  });

  it('keeps what is a SourceError already', () => {
    const error = new SourceError('ratio', 'x.gz', 'short', 'Hint.');
    expect(toSourceError('y', error)).toBe(error);
  });
});
