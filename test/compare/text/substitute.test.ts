import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/compare/canonical/json.js';
import { type Part, substituted } from '../../../src/compare/text/substitute.js';

const part = (left: Json, right: Json, items: Json[] = []): Part => ({ left, right, items });
const valuesOf = (whole: Json, one: Part) => substituted(whole, one).map(({ value }) => value);

describe('substituted', () => {
  it.each<[string, Json, Part, Json[]]>([
    ['a value, wherever it stands', { a: { b: 1, c: 2 } }, part({ b: 9 }, { b: 1 }), [{ a: { b: 9, c: 2 } }]],
    ['nothing where it looks otherwise', { a: { b: 1 } }, part({ b: 9 }, { b: 2 }), []],
    [
      'each place by itself',
      [{ b: 1 }, { b: 1 }],
      part({ b: 9 }, { b: 1 }),
      [
        [{ b: 9 }, { b: 1 }],
        [{ b: 1 }, { b: 9 }],
      ],
    ],
    ['a field more', { b: 1 }, part({ b: 1, c: 2 }, { b: 1 }), [{ b: 1, c: 2 }]],
    ['a field less', { b: 1, c: 2 }, part({ b: 1 }, { b: 1, c: 2 }), [{ b: 1 }]],
    [
      'inside a field that does not show',
      { x: { b: 1 }, y: { b: 2 } },
      part({ '…': { b: 9 } }, { '…': { b: 1 } }),
      [{ x: { b: 9 }, y: { b: 2 } }],
    ],
    [
      'a run of items',
      [{ a: 1 }, { a: 2, z: 0 }, { a: 3 }],
      part([{ a: 9 }, { a: 3 }], [{ a: 2 }, { a: 3 }]),
      [[{ a: 1 }, { a: 9, z: 0 }, { a: 3 }]],
    ],
    [
      'an item that Envoy lacks',
      [{ a: 1 }, { a: 3 }],
      part([{ a: 1 }, { a: 2 }, { a: 3 }], [{ a: 1 }, { a: 3 }], [{ a: 2, z: 0 }]),
      [[{ a: 1 }, { a: 2, z: 0 }, { a: 3 }]],
    ],
    [
      'an item that Envoy has alone',
      [{ a: 1 }, { a: 2 }, { a: 3 }],
      part([{ a: 1 }, { a: 3 }], [{ a: 1 }, { a: 2 }, { a: 3 }]),
      [[{ a: 1 }, { a: 3 }]],
    ],
    [
      'nothing where the item that Envoy lacks does not show as a whole',
      [{ a: 1 }],
      part([{ a: 1 }, { a: 2 }], [{ a: 1 }]),
      [],
    ],
    ['numbers as text', { a: '1' }, part({ a: 2 }, { a: 1 }), [{ a: 2 }]],
    [
      'another type',
      { t: { '@type': 'A', v: 1 } },
      part({ t: { '@type': 'B' } }, { t: { '@type': 'A' } }),
      [{ t: { '@type': 'B', v: 1 } }],
    ],
    [
      'whatever a message’s own type',
      { name: 'x', b: 1 },
      part({ '@type': 'A', b: 2 }, { '@type': 'A', b: 1 }),
      [{ name: 'x', b: 2 }],
    ],
  ])('exchanges %s', (_, whole, one, expected) => {
    expect(valuesOf(whole, one)).toEqual(expected);
  });

  it('tells where the part begins', () => {
    expect(substituted({ a: [{ b: 0 }, { b: 1 }] }, part({ b: 2 }, { b: 1 }))[0]?.steps).toEqual(['a', '1']);
  });
});
