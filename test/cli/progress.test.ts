import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Io } from '../../src/cli/io.js';
import { progressOn } from '../../src/cli/progress.js';

const CLEAR = '\r\u001b[K';

function terminal(isTerminal = true, env: Record<string, string> = {}) {
  const written: string[] = [];
  const stderr = { write: (text: string) => written.push(text), isTerminal, columns: 40 };
  const io: Io = {
    stdin: async function* () {},
    stdout: stderr,
    stderr,
    env,
    signal: new AbortController().signal,
  };
  return { io, written };
}

describe('progress', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('shows nothing of what is done within half a second', () => {
    const { io, written } = terminal();
    const progress = progressOn(io, {});
    progress.show('fetching listeners of web-1.shop', { done: 1, total: 2 });
    vi.advanceTimersByTime(400);
    progress.end();
    vi.advanceTimersByTime(1000);
    expect(written).toEqual([]);
  });

  it('shows what has waited for half a second, and takes it away', () => {
    const { io, written } = terminal();
    const progress = progressOn(io, {});
    progress.show('fetching the configuration', { done: 1, total: 2 });
    vi.advanceTimersByTime(600);
    expect(written.at(-1)).toBe(`${CLEAR}fetching the configuration (1 of 2)`);
    progress.show('fetching the endpoints', { done: 2, total: 2 });
    vi.advanceTimersByTime(100);
    expect(written.at(-1)).toBe(`${CLEAR}fetching the endpoints (2 of 2)`);
    progress.end();
    expect(written.at(-1)).toBe(CLEAR);
    const count = written.length;
    vi.advanceTimersByTime(1000);
    expect(written).toHaveLength(count);
  });

  it('draws at once where work leaves no time for timers', () => {
    const { io, written } = terminal();
    const progress = progressOn(io, {});
    vi.setSystemTime(Date.now() + 2000);
    progress.show('reading a.json', { done: 12 * 1024 ** 2, total: 80 * 1024 ** 2, unit: 'bytes' });
    expect(written).toEqual([`${CLEAR}reading a.json (12 of 80 MB)`]);
    progress.show('reading b.json', { done: 1.5 * 1024 ** 2, total: 80 * 1024 ** 2, unit: 'bytes' });
    expect(written).toHaveLength(1);
    progress.end();
  });

  it('draws at once what is sure to take so long, and then no oftener than else', () => {
    const { io, written } = terminal();
    const progress = progressOn(io, {});
    progress.show('reading a.json', { done: 0, total: 199 * 1024 ** 2, unit: 'bytes' });
    expect(written).toEqual([]);
    progress.show('reading b.json', { done: 12 * 1024 ** 2, total: 300 * 1024 ** 2, unit: 'bytes' });
    expect(written).toEqual([`${CLEAR}reading b.json (12 of 300 MB)`]);
    progress.show('reading b.json', { done: 20 * 1024 ** 2, total: 300 * 1024 ** 2, unit: 'bytes' });
    expect(written).toHaveLength(1);
    vi.advanceTimersByTime(100);
    expect(written.at(-1)).toBe(`${CLEAR}reading b.json (20 of 300 MB)`);
    progress.end();
    expect(written.at(-1)).toBe(CLEAR);
  });

  it('stays on one line and lets no control character through', () => {
    const { io, written } = terminal();
    const progress = progressOn(io, {});
    vi.setSystemTime(Date.now() + 2000);
    progress.show(`\u001b]0;owned\u0007${'x'.repeat(100)}`);
    expect(written).toEqual([`${CLEAR}]0;owned${'x'.repeat(31)}`]);
    progress.end();
  });

  it.each([
    ['in a pipe', false, {}, {}],
    ['with --quiet', true, {}, { quiet: true }],
    ['on a terminal that cannot erase', true, { TERM: 'dumb' }, {}],
  ])('is silent %s', (_, isTerminal, env, options) => {
    const { io, written } = terminal(isTerminal, env);
    const progress = progressOn(io, options);
    progress.show('fetching');
    vi.advanceTimersByTime(5000);
    progress.show('fetching');
    progress.end();
    expect(written).toEqual([]);
  });
});
