import { expect, it } from 'vitest';
import { Outbox } from '../../../src/cli/jobs/outbox.js';

/** How many answers were sent together, each time. */
function sent(count: number, bytes: number): number[] {
  const counts: number[] = [];
  const outbox = new Outbox((answers, size) => {
    expect(size).toBe(answers.length * bytes);
    counts.push(answers.length);
  });
  for (let item = 0; item < count; item++) outbox.add(item, { text: new Uint8Array(bytes) });
  outbox.flush();
  outbox.flush();
  return counts;
}

it.each<[string, number, number, number[]]>([
  ['few as they are', 5, 10, [5]],
  ['large ones by their bytes', 5, 128 * 1024, [2, 2, 1]],
  ['small ones by their number, so that it is seen how far they are', 250, 10, [100, 100, 50]],
  ['none', 0, 10, []],
])('answers are sent together: %s', (_, count, bytes, expected) => {
  expect(sent(count, bytes)).toEqual(expected);
});
