import type { DecodedDocument } from '../../decode/document.js';

/** What threads can do: of the documents that they share and some settings makes what is done with each item. */
type Job = (documents: readonly DecodedDocument[], settings: never) => (index: number) => unknown;

/** Each is loaded by the threads that do it. */
export const JOBS = {
  read: async () => (await import('./read-job.js')).readJob,
  check: async () => (await import('./check-job.js')).checkJob,
} satisfies Record<string, () => Promise<Job>>;

export type JobName = keyof typeof JOBS;
