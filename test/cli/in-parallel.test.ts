import { describe, expect, it } from 'vitest';
import { inParallel } from '../../src/cli/in-parallel.js';

const never = new AbortController().signal;
const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));

describe('work in parallel', () => {
  it('keeps the order of the items, however long each takes', async () => {
    const results = await inParallel([30, 1, 20, 2], 3, never, async ms => {
      await pause(ms);
      return ms;
    });
    expect(results).toEqual([30, 1, 20, 2]);
  });

  it('never does more at a time than allowed', async () => {
    let busy = 0;
    let most = 0;
    await inParallel(Array.from({ length: 20 }), 4, never, async () => {
      busy += 1;
      most = Math.max(most, busy);
      await pause(2);
      busy -= 1;
    });
    expect(most).toBe(4);
  });

  it('begins nothing more after a failure, ends the others, and throws the first failure when all have ended', async () => {
    const begun: number[] = [];
    const ended: string[] = [];
    const work = async (item: number, signal: AbortSignal) => {
      begun.push(item);
      if (item === 1) throw new Error('first');
      await new Promise<void>(resolve => signal.addEventListener('abort', () => resolve(), { once: true }));
      ended.push(`${item} was told`);
      throw signal.reason;
    };
    await expect(inParallel([0, 1, 2, 3], 2, never, work)).rejects.toThrow('first');
    expect(begun).toEqual([0, 1]);
    expect(ended).toEqual(['0 was told']);
  });

  it('rejects with the reason of the signal when the user interrupts', async () => {
    const user = new AbortController();
    const work = async (_: number, signal: AbortSignal) => {
      user.abort();
      signal.throwIfAborted();
    };
    await expect(inParallel([1, 2], 1, user.signal, work)).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('does nothing for no items', async () => {
    expect(await inParallel([], 4, never, async () => 1)).toEqual([]);
  });
});
