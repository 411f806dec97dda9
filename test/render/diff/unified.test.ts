import { describe, expect, it } from 'vitest';
import { changesBetween } from '../../../src/compare/changes/changes.js';
import { settled } from '../../../src/compare/changes/settle.js';
import type { Difference } from '../../../src/compare/drift/difference.js';
import { unifiedOf } from '../../../src/render/diff/unified.js';

type Message = Parameters<typeof changesBetween>[0];

const SIDES = { left: 'Pilot', right: 'Envoy' };
const HEAD = ['--- Pilot: route 80', '+++ Envoy: route 80'];

/** A difference between two messages, as compareSides makes it. */
function difference(left: Message | null, right: Message | null): Difference {
  const text = (value: unknown) => (value === null ? null : `${JSON.stringify(value, null, 2)}\n`);
  const both = left !== null && right !== null;
  return {
    kind: 'route',
    name: '80',
    change: both ? 'changed' : left === null ? 'only-right' : 'only-left',
    paths: both ? changesBetween(left, right) : [],
    cause: 'unknown',
    why: '',
    remedy: '',
    effects: [],
    effect: '',
    texts: { left: text(left), right: text(both ? settled(left, right) : right) },
  };
}

const table = (order: readonly number[], size: number, field = 'virtual_hosts'): Message => ({
  [field]: order.map(at => ({
    name: `n${at}`,
    domains: Array.from({ length: size }, (_, i) => `${i}.n${at}.example`),
  })),
});
const up = Array.from({ length: 5000 }, (_, i) => i);

describe('unifiedOf', () => {
  it.each<[string, Message | null, Message | null, string[]]>([
    [
      'a field',
      { a: 1, b: 2 },
      { a: 1, b: 3 },
      [...HEAD, '@@ -1,4 +1,4 @@', ' {', '   "a": 1,', '-  "b": 2', '+  "b": 3', ' }'],
    ],
    ['what only the left side has', { a: 1 }, null, [...HEAD, '@@ -1,3 +0,0 @@', '-{', '-  "a": 1', '-}']],
    ['what only the right side has', null, { a: 1 }, [...HEAD, '@@ -0,0 +1,3 @@', '+{', '+  "a": 1', '+}']],
  ])('shows %s', (_, left, right, expected) => {
    expect(unifiedOf(difference(left, right), SIDES).split('\n')).toEqual(expected);
  });

  it('is empty without texts, and where nothing differs', () => {
    const { texts: _, ...without } = difference({ a: 1 }, { a: 2 });
    expect(unifiedOf(without, SIDES)).toBe('');
    expect(unifiedOf(difference({ a: 1 }, { a: 1 }), SIDES)).toBe('');
  });

  it('shows one change of a long set in another order, and nothing of the order', () => {
    const right = table([...up].reverse(), 5);
    const edited = {
      virtual_hosts: (right.virtual_hosts as Message[]).map(host => (host.name === 'n7' ? { ...host, x: 1 } : host)),
    };
    const lines = unifiedOf(difference(table(up, 5), edited), SIDES).split('\n');
    expect(lines.filter(line => /^[-+](?![-+])/.test(line))).toEqual(['-      ]', '+      ],', '+      "x": 1']);
  });

  it('shows a long ordered list in another order field by field, quickly', () => {
    const before = performance.now();
    const lines = unifiedOf(difference(table(up, 5, 'routes'), table([...up].reverse(), 5, 'routes')), SIDES).split(
      '\n',
    );
    expect(performance.now() - before).toBeLessThan(5000);
    expect(lines.slice(2, 6)).toEqual(['@@ routes @@', '-[', '-  "n0",', '-  "n1",']);
  });
});
