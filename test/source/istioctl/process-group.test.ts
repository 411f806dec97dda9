import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { leash } from '../../../src/source/istioctl/process-group.js';

describe('the time of a process group', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it.each([[400], [30_000]])('of %i ms ends then, not before', ms => {
    const held = leash(undefined, ms, undefined);
    vi.advanceTimersByTime(ms * 0.95 - 200);
    expect(held.timedOut()).toBe(false);
    vi.advanceTimersByTime(ms * 0.05 + 400);
    expect(held.timedOut()).toBe(true);
    held.release();
  });

  it('does not run while this process is too busy to listen', () => {
    const held = leash(undefined, 30_000, undefined);
    vi.advanceTimersByTime(1000);
    vi.setSystemTime(Date.now() + 60_000);
    vi.advanceTimersByTime(1000);
    expect(held.timedOut()).toBe(false);
    vi.advanceTimersByTime(30_000);
    expect(held.timedOut()).toBe(true);
    held.release();
  });

  it('ends nothing once it was released', () => {
    const held = leash(undefined, 1000, undefined);
    held.release();
    vi.advanceTimersByTime(5000);
    expect(held.timedOut()).toBe(false);
  });
});
