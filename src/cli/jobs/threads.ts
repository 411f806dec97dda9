import { Worker } from 'node:worker_threads';
import { breathing } from '../breath.js';
import type { Io } from '../io.js';
import type { Answer, Answers } from './answer.js';
import { type Divided, Division, type Own } from './division.js';
import type { JobName } from './jobs.js';
import type { SharedDocument } from './shared-document.js';
import type { Turns } from './turns.js';

/** Items to divide among threads, and what these do with them. */
export interface DividedWork extends Divided {
  readonly job: JobName;
  /** What the job is to know; it goes to each thread as a copy. */
  readonly settings: unknown;
}

/** The same as one thread hears of it. */
export interface SharedWork extends Pick<DividedWork, 'job' | 'settings' | 'atOnce'> {
  /** Of the division, so that answers to another one are known. */
  readonly id: number;
  readonly turns: Turns;
  readonly thread: number;
}

export type ToThread = { readonly documents: readonly SharedDocument[] } | { readonly work: SharedWork };

export interface FromThread {
  readonly id: number;
  readonly answers: Answers;
}

/** Room for what is of use for the time of one proxy or request only, so that it is seldom copied: in MB. */
const YOUNG_GENERATION_MB = 96;

/** The threads of one command, this one among them. Others are started when they are asked for, and end with `end`. */
export class Threads {
  /** What has been shown to the others. */
  readonly shared: SharedDocument[] = [];
  private readonly others: Worker[] = [];
  private readonly divisions = new Map<number, Division<Answer>>();
  private nextId = 0;
  private failure: { readonly error: unknown } | null = null;

  constructor(private readonly io: Io) {
    io.signal.addEventListener('abort', this.end);
  }

  /** How many there are. */
  get count(): number {
    return this.others.length + 1;
  }

  /** Starts as many as are missing, so that they get ready while this one finds what there is to do. */
  start(count: number): void {
    while (this.count < count) this.others.push(this.started(this.count));
  }

  /** Shows documents to the other threads, before the work that they are for. */
  share(documents: readonly SharedDocument[]): void {
    this.shared.push(...documents);
    for (const other of this.others) other.postMessage({ documents } satisfies ToThread);
  }

  /** Divides items among all threads as {@link answers} does, and returns all answers. */
  async divide<A extends Answer>(work: DividedWork, own: Own<A>, onDone: (done: number) => void): Promise<A[]> {
    const all: A[] = [];
    for await (const answer of this.answers(work, own, onDone)) all.push(answer);
    return all;
  }

  /**
   * Divides items among all threads and gives the answers in the order of the items; no thread gets far ahead of what is taken. `own` is
   * what this thread does with an item; the others do what the job says. `onDone` hears how many items have been taken. Throws the first
   * error of a thread, and when the user interrupts.
   */
  async *answers<A extends Answer>(
    { job, settings, ...divided }: DividedWork,
    own: Own<A>,
    onDone: (done: number) => void = () => {},
  ): AsyncGenerator<A> {
    const division = new Division(divided, this.count, own, onDone, breathing(this.io));
    const { turns } = division;
    const id = this.nextId++;
    this.divisions.set(id, division as Division<Answer>);
    for (const [index, other] of this.others.entries())
      other.postMessage({ work: { ...divided, job, settings, id, turns, thread: index + 1 } } satisfies ToThread);
    if (this.failure !== null) division.fail(this.failure.error);
    try {
      yield* division.answers();
    } finally {
      this.divisions.delete(id);
    }
  }

  /** Ends the others, whatever they do. */
  readonly end = (): void => {
    this.io.signal.removeEventListener('abort', this.end);
    this.fail(this.io.signal.aborted ? this.io.signal.reason : new Error('the threads have ended'));
    for (const other of this.others) other.terminate();
  };

  private started(thread: number): Worker {
    const other = new Worker(new URL('./worker.js', import.meta.url), {
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
    });
    other.on('message', ({ id, answers }: FromThread) => this.divisions.get(id)?.hear(answers, thread));
    other.on('error', error => this.fail(error));
    other.on('exit', () => this.fail(new Error('a thread ended before its work was done')));
    return other;
  }

  private fail(error: unknown): void {
    this.failure ??= { error };
    for (const division of this.divisions.values()) division.fail(this.failure.error);
  }
}
