import { describe, expect, it } from 'vitest';
import { jobsFor } from '../../../src/cli/jobs/threads.js';
import { takeTurns } from '../../../src/cli/jobs/turns.js';

describe('threads that take turns', () => {
  it('do each item once, and know which', async () => {
    const turns = { count: 9, taken: new SharedArrayBuffer(4) };
    const square = async (index: number) => index * index;
    const both = await Promise.all([takeTurns(turns, square, () => {}), takeTurns(turns, square, () => {})]);
    expect(both.map(answers => answers.length)).toEqual([5, 4]);
    expect(both.flat().sort(([a], [b]) => a - b)).toEqual(Array.from({ length: 9 }, (_, index) => [index, index ** 2]));
  });

  it('hear how much is taken, and never of more than there is', async () => {
    const heard: number[] = [];
    await takeTurns(
      { count: 3, taken: new SharedArrayBuffer(4) },
      index => index,
      done => heard.push(done),
    );
    expect(heard).toEqual([1, 2, 3]);
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
