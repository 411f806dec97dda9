import type { Io } from './io.js';

/** Work that lets nobody else in for longer hears too late of Ctrl-C. */
const LONGEST_MS = 50;

/**
 * For work that never waits: now and then lets in what comes from outside. Whoever works awaits what it returns after each piece. Throws when
 * the user interrupts.
 */
export function breathing({ signal }: Io): () => Promise<void> {
  let last = Date.now();
  return async () => {
    if (Date.now() - last < LONGEST_MS) return;
    await new Promise(resolve => setImmediate(resolve));
    last = Date.now();
    signal.throwIfAborted();
  };
}
