import { describe, expect, it } from 'vitest';
import { ahead } from '../../src/source/ahead.js';

describe('reading ahead', () => {
  it.each([
    [1, [1, 2, 3, 4, 5]],
    [2, [2, 3, 4, 5, 5]],
    [9, [5, 5, 5, 5, 5]],
  ])('%d at once: so many have begun when each is looked at', async (atOnce, expected) => {
    let begun = 0;
    const seen: number[] = [];
    const read: string[] = [];
    for (const { item, reading } of ahead([...'abcde'], async letter => `${++begun} ${letter}`, atOnce)) {
      seen.push(begun);
      read.push(`${item} ${await reading}`);
    }
    expect(seen).toEqual(expected);
    expect(read).toEqual(['a 1 a', 'b 2 b', 'c 3 c', 'd 4 d', 'e 5 e']);
  });

  it('begins nothing before somebody asks, and nothing where there is nothing', () => {
    let begun = 0;
    ahead(['a'], async () => ++begun);
    expect(begun).toBe(0);
    expect([...ahead([], async () => ++begun)]).toEqual([]);
  });
});
