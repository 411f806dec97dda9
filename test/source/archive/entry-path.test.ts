import { describe, expect, it } from 'vitest';
import { entryPath } from '../../../src/source/archive/entry-path.js';
import { SourceError } from '../../../src/source/source-error.js';

describe('paths in archives', () => {
  it.each([
    ['./a/b', 'a/b'],
    ['a//b/', 'a/b'],
    ['a\\b\\c', 'a/b/c'],
    ['proxies/ns/pod/config_dump?include_eds', 'proxies/ns/pod/config_dump?include_eds'],
    ['a/..b/c..', 'a/..b/c..'],
    ['./', ''],
    ['', ''],
  ])('%j is %j', (name, path) => {
    expect(entryPath('x.tar', name)).toBe(path);
  });

  it.each([
    ['../a', 'leaves the archive'],
    ['a/../../b', 'leaves the archive'],
    ['a/..', 'leaves the archive'],
    ['..\\..\\a', 'leaves the archive'],
    ['/etc/passwd', 'absolute'],
    ['\\\\server\\share', 'absolute'],
    ['C:\\a', 'drive letter'],
    ['c:a', 'drive letter'],
    ['a\0.json', 'zero byte'],
  ])('%j is refused', (name, why) => {
    expect(() => entryPath('x.tar', name)).toThrow(SourceError);
    expect(() => entryPath('x.tar', name)).toThrow(why);
  });
});
