import { type Answer, type Answers, bytesOf } from './answer.js';
import { addAhead, endTurns, isFarAhead, ownItems, type Turns, takenOf, turnsOf } from './turns.js';

/** Items that are divided among threads. */
export interface Divided {
  readonly count: number;
  /** The number of each item's group, in shared memory: one thread does all items of a group. Without it each item is one by itself. */
  readonly groups?: Int32Array;
  /** How many items each thread works on at the same time, where it waits for something; else one. */
  readonly atOnce?: number;
}

/** What the first thread does with an item. */
export type Own<A> = (item: number) => A | Promise<A>;

/** An answer that waits for those before it, and the thread that it comes from. */
interface Waiting<A> {
  readonly answer: A;
  readonly thread: number;
}

/** The first thread. */
const OWN = 0;

/** One division of items, seen by the first thread: it does its share, hears of the others', and puts answers in the order of the items. */
export class Division<A extends Answer> {
  readonly turns: Turns;
  private readonly atOnce: number;
  private readonly items: Generator<number>;
  private readonly waiting = new Map<number, Waiting<A>>();
  private busy = 0;
  private failure: { readonly error: unknown } | null = null;
  /** Goes on where there was nothing to do. */
  private wake: () => void = () => {};

  /** `onDone` hears how many items have been taken; `breath` lets in signals and messages where that is due. */
  constructor(
    { count, groups, atOnce = 1 }: Divided,
    threads: number,
    private readonly own: Own<A>,
    private readonly onDone: (done: number) => void,
    private readonly breath: () => Promise<void>,
  ) {
    this.turns = turnsOf(count, groups ?? null, threads);
    this.atOnce = atOnce;
    this.items = ownItems(this.turns, OWN);
  }

  /** Takes what another thread answered. */
  hear(answers: Answers, thread: number): void {
    for (const [item, answer] of answers) this.waiting.set(item, { answer: answer as A, thread });
    this.wake();
  }

  /** Ends the answers with an error. */
  fail(error: unknown): void {
    this.failure ??= { error };
    this.wake();
  }

  /** The answers in the order of the items. Whoever wants no more of them ends the work of all threads. Throws the first error. */
  async *answers(): AsyncGenerator<A> {
    try {
      for (let item = 0; item < this.turns.count; ) {
        if (this.failure !== null) throw this.failure.error;
        const next = this.waiting.get(item);
        if (next === undefined) {
          if (!this.begin()) await this.news();
          continue;
        }
        this.waiting.delete(item++);
        yield next.answer;
        addAhead(this.turns, next.thread, -bytesOf(next.answer));
      }
    } finally {
      endTurns(this.turns);
    }
  }

  /** Begins with an item of this thread; false where there is none, or enough to wait for. */
  private begin(): boolean {
    if (this.busy === this.atOnce || isFarAhead(this.turns, OWN)) return false;
    const { value: item } = this.items.next();
    if (item === undefined) return false;
    this.work(item).catch(error => this.fail(error));
    return true;
  }

  private async work(item: number): Promise<void> {
    this.busy++;
    const answer = await this.own(item);
    this.waiting.set(item, { answer, thread: OWN });
    addAhead(this.turns, OWN, bytesOf(answer));
    await this.breath();
    this.busy--;
    this.onDone(takenOf(this.turns));
    this.wake();
  }

  private news(): Promise<void> {
    return new Promise(resolve => {
      this.wake = resolve;
    });
  }
}
