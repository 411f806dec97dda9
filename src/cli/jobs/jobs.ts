import type { DecodedDocument } from '../../decode/document.js';
import type { Work } from './answer.js';

/** What threads can do: of the documents that they share and some settings makes what is done with each item. */
export type Job = (documents: readonly DecodedDocument[], settings: never) => Work | Promise<Work>;

/** Each is loaded by the threads that do it. */
export const JOBS = {
  read: async () => (await import('./read-job.js')).readJob,
  check: async () => (await import('./check-job.js')).checkJob,
  test: async () => (await import('./test-job.js')).testJob,
  trace: async () => (await import('./trace-job.js')).traceJob,
} satisfies Record<string, () => Promise<Job>>;

export type JobName = keyof typeof JOBS;
