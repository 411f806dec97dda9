import { describe, expect, it } from 'vitest';
import { documentOf, folderOf, HEAD_BYTES } from '../../src/source/document.js';

describe('a document in memory', () => {
  it('has the folder of its name, its first bytes and all of them', async () => {
    const bytes = Buffer.alloc(HEAD_BYTES + 1, 'x');
    const document = documentOf('a/b/c.json', bytes);
    expect(document.folder).toBe('a/b');
    expect((await document.head()).length).toBe(HEAD_BYTES);
    expect(await document.load()).toEqual({ bytes });
  });

  it('takes what is known about it', async () => {
    const traits = { folder: 'a.default', command: 'istioctl proxy-config all a.default', proxyHint: 'a.default' };
    const document = documentOf('all', Buffer.from('{'), { ...traits, incomplete: 'cut off' });
    expect(document).toMatchObject({ name: 'all', ...traits });
    expect(await document.load()).toEqual({ bytes: Buffer.from('{'), incomplete: 'cut off' });
  });

  it.each([
    ['a.json', ''],
    ['a/b.json', 'a'],
    ['-', ''],
    ['x.zip!/a.json', 'x.zip!'],
  ])('%s stands in %j', (name, folder) => {
    expect(folderOf(name)).toBe(folder);
  });
});
