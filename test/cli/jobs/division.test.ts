import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../src/cli/jobs/answer.js';
import { Division } from '../../../src/cli/jobs/division.js';
import { ownItems } from '../../../src/cli/jobs/turns.js';

const MANY = 16 * 1024 * 1024;

function division<A extends Answer>(count: number, own: (item: number) => A | Promise<A>, atOnce = 1) {
  const taken: number[] = [];
  return {
    taken,
    of: new Division(
      { count, atOnce },
      2,
      own,
      done => taken.push(done),
      () => Promise.resolve(),
    ),
  };
}

async function all<A>(answers: AsyncIterable<A>): Promise<A[]> {
  const found: A[] = [];
  for await (const answer of answers) found.push(answer);
  return found;
}

describe('a division of items', () => {
  it('gives answers in the order of the items, whoever has them first', async () => {
    const { of, taken } = division(6, item => ({ by: 'own', item }));
    const theirs = ownItems(of.turns, 1);
    const items = [theirs.next().value, theirs.next().value];
    const answers = all(of.answers());
    setTimeout(
      () =>
        of.hear(
          [...items.reverse()].map(item => [item ?? 0, { by: 'other', item }] as const),
          1,
        ),
      20,
    );
    expect(await answers).toEqual([
      { by: 'other', item: 0 },
      { by: 'other', item: 1 },
      ...[2, 3, 4, 5].map(item => ({ by: 'own', item })),
    ]);
    expect(taken).toEqual([3, 4, 5, 6]);
  });

  it('works on several items at the same time where it is told to', async () => {
    let busy = 0;
    let most = 0;
    const own = async (item: number) => {
      busy += 1;
      most = Math.max(most, busy);
      await new Promise(resolve => setTimeout(resolve, 5));
      busy -= 1;
      return { item };
    };
    expect(await all(division(5, own, 2).of.answers())).toEqual([0, 1, 2, 3, 4].map(item => ({ item })));
    expect(most).toBe(2);
  });

  it('does not get far ahead of an answer that another thread owes', async () => {
    let done = 0;
    const { of } = division(20, item => {
      done += 1;
      return { item, text: new Uint8Array(item === 0 ? 1 : MANY) };
    });
    ownItems(of.turns, 1).next();
    const answers = all(of.answers());
    await new Promise(resolve => setTimeout(resolve, 50));
    expect(done).toBe(1);
    of.hear([[0, { item: 0, text: new Uint8Array(1) }]], 1);
    expect(await answers).toHaveLength(20);
    expect(done).toBe(19);
  });

  it.each(['own', 'other'])('throws the error of the thread that has one: %s', async whose => {
    const { of } = division(3, item => {
      if (whose === 'own') throw new RangeError('here');
      return { item };
    });
    ownItems(of.turns, 1).next();
    if (whose === 'other') setTimeout(() => of.fail(new RangeError('there')), 20);
    await expect(all(of.answers())).rejects.toThrow(RangeError);
  });

  it('ends the work of all threads when nobody wants more', async () => {
    const { of } = division(3, item => ({ item }));
    for await (const answer of of.answers()) {
      expect(answer).toEqual({ item: 0 });
      break;
    }
    expect([...ownItems(of.turns, 1)]).toEqual([]);
  });
});
