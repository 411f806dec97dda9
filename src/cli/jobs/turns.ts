/** Items that several threads work on: each by the thread that comes to it first, or all of a group by the thread that it is given to. */
export interface Turns {
  readonly count: number;
  /** The number of each item's group, from 0 on; null where each item is one by itself. */
  readonly groups: Int32Array | null;
  /** The thread that takes each group, by its number plus one; 0 where nobody has yet. */
  readonly takers: Int32Array;
  /** How many items have been taken, and whether the others are still wanted. */
  readonly state: Int32Array;
  /** Bytes that each thread has made and nobody has taken yet. */
  readonly ahead: Int32Array;
}

const TAKEN = 0;
const ENDED = 1;

/** As many bytes one thread may make before anybody takes them. */
const MOST_AHEAD = 8 * 1024 * 1024;

/** A group takes as long as its items and so many more, as its first one takes longer. */
export const MORE_FOR_FIRST = 6;

/** What the first thread does beside its items makes each of them take so much longer. */
const FIRST_THREAD = 1.2;

/** The turns that so many threads take at so many items. Items in no group are groups by themselves. */
export function turnsOf(count: number, groups: Int32Array | null, threads: number): Turns {
  const takers = groups === null ? shared(count) : takersOf(groups, threads);
  return { count, groups, takers, state: shared(2), ahead: shared(threads) };
}

/**
 * Gives groups to threads, each to the one that has least to do by then. Were they free to take, a thread that is a little ahead would take
 * all that begin there, and they would wait for each other in turns.
 */
function takersOf(groups: Int32Array, threads: number): Int32Array {
  const costs: number[] = [];
  for (const group of groups) costs[group] = (costs[group] ?? MORE_FOR_FIRST) + 1;
  const takers = shared(costs.length);
  const loads = Array.from({ length: threads }, () => 0);
  for (const [group, cost] of costs.entries()) {
    const thread = loads.indexOf(Math.min(...loads));
    loads[thread] = (loads[thread] ?? 0) + cost * (thread === 0 ? FIRST_THREAD : 1);
    takers[group] = thread + 1;
  }
  return takers;
}

/** Numbers that threads share. */
export function shared(length: number): Int32Array {
  return new Int32Array(new SharedArrayBuffer(length * Int32Array.BYTES_PER_ELEMENT));
}

/** The items of one thread in their order: those that it is the first to come to, or those of its groups. */
export function* ownItems({ count, groups, takers, state }: Turns, thread: number): Generator<number> {
  for (let item = 0; item < count; item++) {
    const taker = Atomics.compareExchange(takers, groups?.[item] ?? item, 0, thread + 1);
    if (taker !== 0 && taker !== thread + 1) continue;
    if (Atomics.load(state, ENDED) === 1) return;
    Atomics.add(state, TAKEN, 1);
    yield item;
  }
}

/** How many items all threads have taken. */
export function takenOf({ state }: Turns): number {
  return Atomics.load(state, TAKEN);
}

/** Tells all threads that nobody wants further answers. */
export function endTurns({ state, ahead }: Turns): void {
  Atomics.store(state, ENDED, 1);
  for (const thread of ahead.keys()) addAhead({ ahead }, thread, -Atomics.load(ahead, thread));
}

/** Says that a thread has made bytes, or that they have been taken. */
export function addAhead({ ahead }: Pick<Turns, 'ahead'>, thread: number, bytes: number): void {
  Atomics.add(ahead, thread, bytes);
  if (bytes < 0) Atomics.notify(ahead, thread);
}

/** Whether a thread has made so much that it had better wait. */
export function isFarAhead({ ahead }: Turns, thread: number): boolean {
  return Atomics.load(ahead, thread) > MOST_AHEAD;
}

/** Holds a thread up, not the first one, until enough of what it made has been taken. */
export function waitUntilTaken({ ahead, state }: Turns, thread: number): void {
  for (;;) {
    const bytes = Atomics.load(ahead, thread);
    if (bytes <= MOST_AHEAD || Atomics.load(state, ENDED) === 1) return;
    Atomics.wait(ahead, thread, bytes);
  }
}
