import { describe, expect, it } from 'vitest';
import { ownItems } from '../../../src/decode/unified-diff/own-items.js';

/** A hunk of these lines, each with its sign in front. */
const hunk = (...lines: string[]) => ({
  left: 1,
  right: 1,
  lines: lines.map(line => ({ sign: line[0] as ' ' | '-' | '+', text: line.slice(1) })),
});

describe('ownItems', () => {
  it.each<[string, string[], unknown[]]>([
    ['a whole item', [' [', '-{', '-"a": 1', '-},', ' {', ' "a": 2', ' }'], [{ a: 1 }]],
    [
      'an item that begins inside its neighbour',
      [' {', ' "k": {', '-"a": 1', '-}', '-},', '-{', '-"k": {', ' "a": 2'],
      [{ k: { a: 1 } }],
    ],
    ['two items', ['-{', '-"a": 1', '-},', '-{', '-"a": 2', '-},', ' {'], [{ a: 1 }, { a: 2 }]],
    ['the last item', [' {', ' "a": 1', '-},', '-{', '-"a": 2', ' }', ' ]'], [{ a: 2 }]],
    ['items in two places', ['-{', '-"a": 1', '-},', ' x', '-{', '-"a": 2', '-},'], [{ a: 1 }, { a: 2 }]],
    ['no item, but a field', [' {', '-"a": 1', '+"a": 2', ' }'], []],
    ['no item, but a part of one', [' {', '-"a": {', '-"b": 1', ' }'], []],
    ['nothing of the other side', ['+{', '+"a": 1', '+},'], []],
  ])('gives %s', (_, lines, expected) => {
    expect(ownItems(hunk(...lines), 'left')).toEqual(expected);
  });

  it('gives the other side’s as well', () => {
    expect(ownItems(hunk('+{', '+"a": 1', '+},'), 'right')).toEqual([{ a: 1 }]);
  });
});
