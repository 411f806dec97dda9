import type { DecodedDocument } from '../../decode/document.js';
import type { Io } from '../io.js';
import type { Decoding, Loaded } from '../load.js';
import type { Answer } from './answer.js';
import type { Own } from './division.js';
import { decodeShared } from './load-shared.js';
import { fromShared } from './shared-document.js';
import { type DividedWork, Threads } from './threads.js';

/** Threads that read documents together, and then answer requests by them. */
export class ReadingThreads {
  private readonly threads: Threads;
  /** This thread's own of the documents that are shared, and of how many. */
  private readonly documents: DecodedDocument[] = [];
  private taken = 0;

  /** Starts threads; they are to be ended. */
  constructor(count: number, io: Io) {
    this.threads = new Threads(io);
    this.threads.start(count);
  }

  /** Ends the threads. */
  end(): void {
    this.threads.end();
  }

  /** Decodes documents for all threads. */
  readonly decode: Decoding = (documents, options, io) => decodeShared(documents, options, this.threads, io);

  /** The names by which all threads know the documents that have been read; null where they do not know each as another one. */
  namesOf({ documents }: Loaded): readonly string[] | null {
    const shared = new Set(this.threads.shared.flatMap(file => file.documents.map(({ name }) => name)));
    const names = documents.map(({ name }) => name);
    return new Set(names).size === names.length && names.every(name => shared.has(name)) ? names : null;
  }

  /**
   * Divides work as {@link Threads.answers} does. This thread does its share by documents of its own as well, so that what it has read stays
   * as it is where requests are answered in their order: an entry that turns out to be no JSON changes the answers behind it.
   */
  async *answers<A extends Answer, Settings>(
    work: DividedWork & { readonly settings: Settings },
    begin: (documents: readonly DecodedDocument[], settings: Settings) => Own<A> | Promise<Own<A>>,
  ): AsyncGenerator<A> {
    const { shared } = this.threads;
    this.documents.push(...shared.slice(this.taken).flatMap(fromShared));
    this.taken = shared.length;
    yield* this.threads.answers(work, await begin(this.documents, work.settings));
  }
}
