import { describe, expect, it } from 'vitest';
import { isPassedOverByName, nameBelow, nameSources } from '../../src/source/names.js';

describe('names of sources', () => {
  it.each([
    [['dump.json'], ['dump.json']],
    [['./a/b.json'], ['a/b.json']],
    [['a//b/../c.json'], ['a/c.json']],
    [['../a.json'], ['../a.json']],
    [['snapshot/'], ['snapshot']],
    [['.'], ['']],
    [['-'], ['-']],
    [['/home/me/dump.json'], ['dump.json']],
    [['/home/me/snapshot/'], ['snapshot']],
    [
      ['/x/p1/config_dump.json', '/x/p2/config_dump.json', '/x/p2/clusters.json'],
      ['p1/config_dump.json', 'p2/config_dump.json', 'p2/clusters.json'],
    ],
    [
      ['/x/a.json', '/x/a.json', '/y/b.json'],
      ['a.json', 'a.json', 'b.json'],
    ],
    [
      ['b/a.json', '/x/a.json'],
      ['b/a.json', 'a.json'],
    ],
  ])('%j become %j', (paths, names) => {
    expect(nameSources(paths)).toEqual(names);
  });

  it('joins names below the current folder and below others', () => {
    expect([nameBelow('', 'a.json'), nameBelow('x', 'a.json')]).toEqual(['a.json', 'x/a.json']);
  });

  it.each([
    ['.git', true],
    ['._config_dump', true],
    ['node_modules', true],
    ['__MACOSX', true],
    ['config_dump?include_eds', false],
    ['..', false],
  ])('%s is passed over: %s', (part, expected) => {
    expect(isPassedOverByName(part)).toBe(expected);
  });
});
