import { describe, expect, it } from 'vitest';
import { pointersOf } from '../../../src/compare/drift/json-path.js';

const JSON_VALUE = { clusters: { 'outbound|53||x': { weight: 1 } }, hosts: [{ weight: 2 }, { weight: 3 }] };

describe('JSONPath', () => {
  it.each<[path: string, pointers: string[]]>([
    ['$.hosts[0].weight', ['/hosts/0/weight']],
    ['$.hosts[0:1]', ['/hosts/0']],
    ["$.clusters['outbound|53||x']", ['/clusters/outbound|53||x']],
    ['$.nothing', []],
  ])('%s', (path, pointers) => {
    expect(pointersOf(path, JSON_VALUE)).toEqual(pointers);
  });

  it.each(['$.hosts[?(@.weight)]', '$.hosts[?@.weight]', "$.hosts[ ?@property === 'a']", '$.hosts[(1)]'])(
    '%s is refused, as it would be evaluated',
    path => {
      expect(() => pointersOf(path, JSON_VALUE)).toThrow('filters and scripts are not evaluated');
    },
  );
});
