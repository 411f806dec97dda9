import { describe, expect, it } from 'vitest';
import { Threads } from '../../../src/cli/jobs/threads.js';

const silent = { write: () => {}, isTerminal: false, columns: 80 };

function threads() {
  const user = new AbortController();
  const io = { stdin: async function* () {}, stdout: silent, stderr: silent, env: {}, signal: user.signal };
  return { user, all: new Threads(io) };
}

const WORK = { job: 'check', settings: { chosen: [] }, count: 3 } as const;
const pause = () => new Promise(resolve => setTimeout(resolve, 10));

describe('threads', () => {
  it('end the work with the error of one that cannot go on', async () => {
    const { all } = threads();
    all.start(2);
    // Tests run the sources, among which a thread finds no JavaScript to run.
    const own = () => pause().then(() => ({}));
    await expect(all.divide({ ...WORK, count: 1000 }, own, () => {})).rejects.toThrow(/worker\.js/);
    await expect(all.divide(WORK, own, () => {})).rejects.toThrow(/worker\.js/);
    all.end();
  });

  it('end the work when the user interrupts', async () => {
    const { all, user } = threads();
    const answers: unknown[] = [];
    const work = async () => {
      for await (const answer of all.answers(WORK, item => ({ item }))) {
        answers.push(answer);
        user.abort();
      }
    };
    await expect(work()).rejects.toMatchObject({ name: 'AbortError' });
    expect(answers).toEqual([{ item: 0 }]);
  });
});
