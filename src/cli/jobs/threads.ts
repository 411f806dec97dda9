import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Io } from '../io.js';
import type { JobName } from './jobs.js';
import type { SharedDocument } from './shared-document.js';
import { type Answers, takeTurns } from './turns.js';

/** Items that all threads work on, each thread on the next one that nobody has taken. */
export interface SharedWork {
  readonly job: JobName;
  /** What the job is to know; it goes to each thread as a copy. */
  readonly settings: unknown;
  readonly count: number;
  /** How many items have been taken. */
  readonly taken: SharedArrayBuffer;
  /** How many items each thread works on at the same time, where it waits for something; else one. */
  readonly atOnce?: number;
}

export type ToThread = { readonly documents: readonly SharedDocument[] } | { readonly work: SharedWork };

/** How many threads to use: as many as `--jobs` says, else as there are cores; never more than there are items for. */
export function jobsFor(items: number, jobs: number | undefined, itemsForEach: number): number {
  return Math.max(1, Math.min(jobs ?? availableParallelism(), Math.floor(items / itemsForEach)));
}

/** Room for what is of use for the time of one proxy or request only, so that it is seldom copied: in MB. */
const YOUNG_GENERATION_MB = 96;

/** The threads of one command, this one among them. Others are started when they are asked for, and end with `end`. */
export class Threads {
  private readonly others: Worker[] = [];
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
    while (this.count < count) {
      const other = new Worker(new URL('./worker.js', import.meta.url), {
        resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
      });
      other.on('error', error => {
        this.failure ??= { error };
      });
      this.others.push(other);
    }
  }

  /** Shows documents to the other threads, before the work that they are for. */
  share(documents: readonly SharedDocument[]): void {
    for (const other of this.others) other.postMessage({ documents } satisfies ToThread);
  }

  /**
   * Divides items among all threads and returns the answers in the order of the items. `own` is what this thread does with an item; the
   * others do what the job says. `onDone` hears how many items have been taken. Throws the first error of a thread, and when the
   * user interrupts.
   */
  async divide<Answer>(
    work: Omit<SharedWork, 'taken'>,
    own: (index: number) => Answer | Promise<Answer>,
    onDone: (done: number) => void,
  ): Promise<Answer[]> {
    const taken = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
    const shared: SharedWork = { ...work, taken };
    const theirs = this.others.map(other => this.answersOf<Answer>(other, shared));
    const mine = takeTurns(shared, own, done => {
      this.io.signal.throwIfAborted();
      if (this.failure !== null) throw this.failure.error;
      onDone(done);
    });
    const answers: Answer[] = [];
    for (const [index, answer] of (await Promise.all([mine, ...theirs])).flat()) answers[index] = answer;
    return answers;
  }

  /** Ends the others, whatever they do. */
  readonly end = (): void => {
    this.io.signal.removeEventListener('abort', this.end);
    for (const other of this.others) other.terminate();
  };

  private answersOf<Answer>(other: Worker, work: SharedWork): Promise<Answers<Answer>> {
    return new Promise((resolve, reject) => {
      other.once('message', resolve);
      other.once('error', reject);
      other.once('exit', () =>
        reject(this.io.signal.aborted ? this.io.signal.reason : new Error('a thread ended before its work was done')),
      );
      other.postMessage({ work } satisfies ToThread);
    });
  }
}
