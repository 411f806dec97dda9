import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/compare/canonical/json.js';
import { changesBetween, type PathChange } from '../../../src/compare/changes/changes.js';

describe('changesBetween', () => {
  it.each<[string, JsonObject, JsonObject]>([
    ['64-bit numbers', { size: '1024' }, { size: 1024 }],
    ['order of keys', { a: 1, b: 2 }, { b: 2, a: 1 }],
    ['order in sets', { domains: ['a', 'b'] }, { domains: ['b', 'a'] }],
    [
      'order of virtual hosts',
      { virtual_hosts: [{ name: 'a' }, { name: 'b' }] },
      { virtual_hosts: [{ name: 'b' }, { name: 'a' }] },
    ],
    ['a type on one side only', { c: { '@type': 'x', a: 1 } }, { c: { a: 1 } }],
  ])('finds nothing: %s', (_, left, right) => {
    expect(changesBetween(left, right)).toEqual([]);
  });

  it.each<[string, JsonObject, JsonObject, Omit<PathChange, 'at'>[]]>([
    ['a value', { a: { b: 1 } }, { a: { b: 2 } }, [{ path: '/a/b', left: 1, right: 2 }]],
    ['a field more', {}, { a: 1 }, [{ path: '/a', left: null, right: 1 }]],
    ['a field less', { a: 1 }, {}, [{ path: '/a', left: 1, right: null }]],
    ['a key to escape', { 'a/b': 1 }, {}, [{ path: '/a~1b', left: 1, right: null }]],
    ['a text is no number', { a: '1' }, { a: '01' }, [{ path: '/a', left: '1', right: '01' }]],
    [
      'a domain more',
      { domains: ['b', 'a'] },
      { domains: ['a', 'x', 'b'] },
      [{ path: '/domains/1', left: null, right: 'x' }],
    ],
    [
      'a weight',
      {
        clusters: [
          { name: 'a', weight: 90 },
          { name: 'b', weight: 10 },
        ],
      },
      {
        clusters: [
          { name: 'a', weight: 50 },
          { name: 'b', weight: 50 },
        ],
      },
      [
        { path: '/clusters/0/weight', left: 90, right: 50 },
        { path: '/clusters/1/weight', left: 10, right: 50 },
      ],
    ],
    [
      'a route in front',
      { routes: [{ match: { prefix: '/' }, route: { cluster: 'a' } }] },
      { routes: [{ name: 'new' }, { match: { prefix: '/' }, route: { cluster: 'b' } }] },
      [
        { path: '/routes/0/route/cluster', left: 'a', right: 'b' },
        { path: '/routes/0', left: null, right: { name: 'new' } },
      ],
    ],
    [
      'routes in another order',
      { routes: [{ name: 'a' }, { name: 'b' }, { name: 'c' }] },
      { routes: [{ name: 'b' }, { name: 'c' }, { name: 'a' }] },
      [{ path: '/routes', left: ['a', 'b', 'c'], right: ['b', 'c', 'a'] }],
    ],
    [
      'endpoints by address',
      { lb_endpoints: [{ endpoint: { address: 1 }, w: 1 }, { endpoint: { address: 2 } }] },
      { lb_endpoints: [{ endpoint: { address: 2 } }, { endpoint: { address: 1 }, w: 2 }] },
      [{ path: '/lb_endpoints/0/w', left: 1, right: 2 }],
    ],
    ['items by place', { a: ['x', 'y'] }, { a: ['x', 'z'] }, [{ path: '/a/1', left: 'y', right: 'z' }]],
    ['a list for a value', { a: [1] }, { a: 1 }, [{ path: '/a', left: [1], right: 1 }]],
  ])('finds %s', (_, left, right, expected) => {
    expect(changesBetween(left, right).map(({ path, left, right }) => ({ path, left, right }))).toEqual(expected);
  });

  it('aligns long lists in another order quickly', () => {
    const names = Array.from({ length: 20_000 }, (_, i) => ({ name: `n${i}`, value: i }));
    const right = [...names].reverse().map(item => (item.value === 7 ? { ...item, value: -1 } : item));
    const before = performance.now();
    expect(changesBetween({ virtual_hosts: names }, { virtual_hosts: right })).toEqual([
      { path: '/virtual_hosts/7/value', at: 'virtual_hosts[n7].value', left: 7, right: -1 },
    ]);
    expect(performance.now() - before).toBeLessThan(2000);
  });
});
