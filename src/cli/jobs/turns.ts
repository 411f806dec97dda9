/** Items that several threads work on: each group of them by the thread that comes to it first. */
export interface Turns {
  readonly count: number;
  /** The number of each item's group, from 0 on; null where each item is one by itself. */
  readonly groups: Int32Array | null;
  /** The thread that has taken each group, by its number plus one; 0 where nobody has. */
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

/** The turns that so many threads take at so many items. Items in no group are groups by themselves. */
export function turnsOf(count: number, groups: Int32Array | null, threads: number): Turns {
  const last = groups === null ? count : groups.reduce((most, group) => Math.max(most, group + 1), 0);
  const [takers, state, ahead] = [last, 2, threads].map(shared) as [Int32Array, Int32Array, Int32Array];
  return { count, groups, takers, state, ahead };
}

/** Numbers that threads share. */
export function shared(length: number): Int32Array {
  return new Int32Array(new SharedArrayBuffer(length * Int32Array.BYTES_PER_ELEMENT));
}

/** The items of one thread in their order: those of groups that it has taken, and of each further one that it is the first to come to. */
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
