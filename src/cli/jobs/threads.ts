import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Io } from '../io.js';

/** What a thread says: that it is through with one more item, or what came of all. */
export type FromThread<Answer> = { readonly done: number } | { readonly answer: Answer };

/** How many threads to use: as many as `--jobs` says, else as there are cores; never more than there are items for. */
export function jobsFor(items: number, jobs: number | undefined, itemsForEach: number): number {
  return Math.max(1, Math.min(jobs ?? availableParallelism(), Math.floor(items / itemsForEach)));
}

/**
 * Gives each task to a thread of its own and returns their answers in the order of the tasks. `onDone` hears how many items all are
 * through with. Throws the first error of a thread, and when the user interrupts; no thread goes on then.
 */
export async function inThreads<Task, Answer>(
  tasks: readonly Task[],
  onDone: (done: number) => void,
  { signal }: Io,
): Promise<Answer[]> {
  const threads = tasks.map(workerData => new Worker(new URL('./worker.js', import.meta.url), { workerData }));
  const done = threads.map(() => 0);
  const stop = () => threads.map(thread => thread.terminate());
  signal.addEventListener('abort', stop);
  try {
    return await Promise.all(
      threads.map((thread, index) =>
        answerOf<Answer>(thread, signal, count => {
          done[index] = count;
          onDone(done.reduce((sum, one) => sum + one, 0));
        }),
      ),
    );
  } finally {
    signal.removeEventListener('abort', stop);
    stop();
  }
}

function answerOf<Answer>(thread: Worker, signal: AbortSignal, onDone: (count: number) => void): Promise<Answer> {
  return new Promise((resolve, reject) => {
    thread.on('message', (message: FromThread<Answer>) => {
      if ('answer' in message) resolve(message.answer);
      else onDone(message.done);
    });
    thread.on('error', reject);
    thread.on('exit', () =>
      reject(signal.aborted ? signal.reason : new Error('a thread ended before its work was done')),
    );
  });
}
