import type { DecodedDocument } from '../../decode/document.js';
import type { Io } from '../io.js';
import type { Decoding } from '../load.js';
import type { GlobalOptions } from '../options.js';
import type { Told, TraceForm } from '../trace-text.js';
import type { Helpers } from '../trace-with-peers.js';
import type { TracerOptions } from '../tracer.js';
import { destinationsOf, threadsFor } from './destinations.js';
import { decodeShared } from './load-shared.js';
import { fromShared } from './shared-document.js';
import { Threads } from './threads.js';
import { type ToldTrace, type TraceJobSettings, traceJob } from './trace-job.js';

export interface DividedTraceOptions extends GlobalOptions, TracerOptions {
  readonly output: TraceForm;
}

/** Requests of one command, divided among threads: all to one destination by one of them. */
export class DividedTrace {
  private readonly threads: Threads;
  /** This thread's own of the documents that are shared, and of how many. */
  private readonly documents: DecodedDocument[] = [];
  private taken = 0;

  /** Starts threads; they are to be ended. */
  constructor(
    count: number,
    private readonly proxyName: string | undefined,
    private readonly options: DividedTraceOptions,
    io: Io,
  ) {
    this.threads = new Threads(io);
    this.threads.start(count);
  }

  /** Ends the threads. */
  end(): void {
    this.threads.end();
  }

  /** Decodes documents for all threads. */
  readonly decode: Decoding = (documents, options, io) => decodeShared(documents, options, this.threads, io);

  /** What threads answer of the requests that are left, by what has been read; null where there is too little left for several. */
  readonly answers: Helpers<Told> = ({ requests, from }, loaded, mayReadOthers) => {
    const { options, proxyName } = this;
    const destinations = destinationsOf(requests);
    const documents = loaded.documents.map(({ name }) => name);
    const isTooLittle = threadsFor(destinations, options.jobs) === 1;
    if (isTooLittle || !this.areShared(documents)) return null;
    const { now, peer, from: client, output } = options;
    const settings = { now, peer, from: client, output, proxyName, changes: loaded.changes, unread: loaded.unread };
    return this.divided({ ...settings, documents, requests, first: from, mayReadOthers }, destinations.groups);
  };

  /** Whether threads know documents by these names, each another one. */
  private areShared(names: readonly string[]): boolean {
    const shared = new Set(this.threads.shared.flatMap(({ documents }) => documents.map(({ name }) => name)));
    return new Set(names).size === names.length && names.every(name => shared.has(name));
  }

  /**
   * This thread answers its share by documents of its own as well, so that what it has read stays as it is where requests are answered in
   * their order: an entry that turns out to be no JSON changes the answers behind it.
   */
  private async *divided(settings: TraceJobSettings, groups: Int32Array): AsyncGenerator<Told | null> {
    this.documents.push(...this.threads.shared.slice(this.taken).flatMap(fromShared));
    this.taken = this.threads.shared.length;
    const own = await traceJob(this.documents, settings);
    const work = { job: 'trace', settings, count: settings.requests.length, groups } as const;
    for await (const answer of this.threads.answers<ToldTrace | null>(work, own))
      yield answer === null ? null : { ...answer, text: [answer.text] };
  }
}
