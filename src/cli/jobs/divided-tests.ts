import type { ExpectationItem } from '../../decode/test-file/parse.js';
import type { Io } from '../io.js';
import type { Loaded } from '../load.js';
import type { GlobalOptions } from '../options.js';
import type { HelpedRun } from '../run-tests.js';
import { destinationsOf, threadsFor } from './destinations.js';
import { ReadingThreads } from './reading-threads.js';
import { type TestJobSettings, testJob } from './test-job.js';

/** Expectations, divided among threads: all about one destination in one of them. */
export class DividedTests extends ReadingThreads {
  /** Starts threads; they are to be ended. */
  constructor(
    count: number,
    private readonly proxyName: string | undefined,
    private readonly options: GlobalOptions,
    io: Io,
  ) {
    super(count, io);
  }

  /** What threads tell of the expectations of a file, by what has been read; null where there is too little for several. */
  helped(file: string, items: readonly ExpectationItem[], loaded: Loaded): AsyncIterable<HelpedRun | null> | null {
    const destinations = destinationsOf(items.map(({ request }) => request));
    const documents = this.namesOf(loaded);
    if (documents === null || threadsFor(destinations, this.options.jobs) === 1) return null;
    const settings = { documents, changes: loaded.changes, proxyName: this.proxyName, file, items };
    const work = { job: 'test', settings, count: items.length, groups: destinations.groups } as const;
    return this.answers<HelpedRun | null, TestJobSettings>(work, testJob);
  }
}
