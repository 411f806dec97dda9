import { describe, expect, it } from 'vitest';
import { jobsFor } from '../../../src/cli/jobs/jobs-for.js';
import {
  addAhead,
  endTurns,
  isFarAhead,
  ownItems,
  takenOf,
  turnsOf,
  waitUntilTaken,
} from '../../../src/cli/jobs/turns.js';

describe('threads that take turns', () => {
  it('do each item once, each the next that nobody has taken', () => {
    const turns = turnsOf(5, null, 2);
    const [one, two] = [ownItems(turns, 0), ownItems(turns, 1)];
    expect([one.next().value, two.next().value, two.next().value, one.next().value]).toEqual([0, 1, 2, 3]);
    expect(takenOf(turns)).toBe(4);
    expect([...two, ...one]).toEqual([4]);
    expect(takenOf(turns)).toBe(5);
  });

  it('do all items of the groups that they are given, each group by the one that has least to do', () => {
    const turns = turnsOf(7, Int32Array.from([0, 1, 0, 2, 1, 0, 2]), 2);
    expect([0, 1].map(thread => [...ownItems(turns, thread)])).toEqual([
      [0, 2, 5],
      [1, 3, 4, 6],
    ]);
  });

  it.each([2, 3, 5])('have about as much to do, each of %d in every part of the items', threads => {
    const groups = Int32Array.from({ length: 6000 }, (_, item) => 20 * Math.floor(item / 600) + (item % 20));
    const turns = turnsOf(groups.length, groups, threads);
    const all = Array.from({ length: threads }, (_, thread) => [...ownItems(turns, thread)]);
    expect(all.flat().sort((a, b) => a - b)).toEqual([...groups.keys()]);
    const counts = [0, 2400, 4800].flatMap(from =>
      all.map(items => items.filter(item => item >= from && item < from + 1200).length),
    );
    expect(Math.max(...counts) / Math.min(...counts)).toBeLessThan(2);
  });

  it('take no more when nobody wants further answers', () => {
    const turns = turnsOf(3, null, 1);
    const items = ownItems(turns, 0);
    expect(items.next().value).toBe(0);
    endTurns(turns);
    expect([...items]).toEqual([]);
  });

  it('wait when they have made much that nobody has taken, until it is taken or not wanted', () => {
    const turns = turnsOf(3, null, 2);
    addAhead(turns, 1, 1024);
    waitUntilTaken(turns, 1);
    addAhead(turns, 1, 100 * 1024 * 1024);
    expect([isFarAhead(turns, 0), isFarAhead(turns, 1)]).toEqual([false, true]);
    addAhead(turns, 1, -100 * 1024 * 1024);
    expect(isFarAhead(turns, 1)).toBe(false);
    addAhead(turns, 1, 100 * 1024 * 1024);
    endTurns(turns);
    waitUntilTaken(turns, 1);
  });
});

it.each([
  [100, 4, 20, 4],
  [59, 4, 20, 2],
  [10, 4, 20, 1],
  [0, 1, 20, 1],
])('%d items, --jobs %d, %d for each at least: %d', (items, jobs, each, expected) => {
  expect(jobsFor(items, jobs, each)).toBe(expected);
});
