import type { Io } from '../io.js';
import type { GlobalOptions } from '../options.js';
import { type Told, type TraceOutputOptions, type TraceShape, traceShape } from '../trace-text.js';
import type { Helpers } from '../trace-with-peers.js';
import type { TracerOptions } from '../tracer.js';
import { destinationsOf, threadsFor } from './destinations.js';
import { ReadingThreads } from './reading-threads.js';
import { type ToldTrace, type TraceJobSettings, traceJob } from './trace-job.js';

export interface DividedTraceOptions extends GlobalOptions, TracerOptions, TraceOutputOptions {}

/** Requests of one command, divided among threads: all to one destination by one of them. */
export class DividedTrace extends ReadingThreads {
  private readonly shape: TraceShape;

  /** Starts threads; they are to be ended. */
  constructor(
    count: number,
    private readonly proxyName: string | undefined,
    private readonly options: DividedTraceOptions,
    io: Io,
  ) {
    super(count, io);
    this.shape = traceShape(options, io);
  }

  /** What threads answer of the requests that are left, by what has been read; null where there is too little left for several. */
  readonly helpers: Helpers<Told> = ({ requests, from }, loaded, mayReadOthers) => {
    const { options, proxyName, shape } = this;
    const destinations = destinationsOf(requests);
    const documents = this.namesOf(loaded);
    if (documents === null || threadsFor(destinations, options.jobs) === 1) return null;
    const { now, peer, from: client } = options;
    const settings = { now, peer, from: client, shape, proxyName, changes: loaded.changes, unread: loaded.unread };
    return this.told({ ...settings, documents, requests, first: from, mayReadOthers }, destinations.groups);
  };

  private async *told(settings: TraceJobSettings, groups: Int32Array): AsyncGenerator<Told | null> {
    const work = { job: 'trace', settings, count: settings.requests.length, groups } as const;
    for await (const answer of this.answers<ToldTrace | null, TraceJobSettings>(work, traceJob))
      yield answer === null ? null : { ...answer, text: [answer.text] };
  }
}
