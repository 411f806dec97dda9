import { DecodeProblem } from '../../decode/problem.js';
import { decodedOf, decodeOne, type Outcome } from '../decoded.js';
import { inParallel } from '../in-parallel.js';
import type { Io } from '../io.js';
import { type Found, type Loaded, loadDocuments, loadedOf } from '../load.js';
import type { GlobalOptions } from '../options.js';
import { progressOn } from '../progress.js';
import { READ_AT_ONCE } from '../read-ahead.js';
import type { NamedDocument } from '../sources.js';
import { readJob } from './read-job.js';
import { fromShared, type ReadDocument, toRead } from './shared-document.js';
import type { Threads } from './threads.js';

/** Reads documents for all threads: each reads the next one that nobody has taken, and hands over what it found in it. Throws what loadDocuments throws. */
export async function loadShared(found: Found, options: GlobalOptions, threads: Threads, io: Io): Promise<Loaded> {
  if (threads.count === 1) return loadDocuments(found, options, io);
  const { documents } = found;
  const progress = progressOn(io, options);
  try {
    const list = await inParallel(documents, READ_AT_ONCE, io.signal, toRead);
    const read = await threads.divide<ReadDocument>(
      { job: 'read', settings: list, count: list.length, atOnce: READ_AT_ONCE / 2 },
      readJob([], list),
      done => progress.show(`reading ${documents[done - 1]?.document.name ?? ''}`, { done, total: documents.length }),
    );
    threads.share(read.filter(document => document !== null && 'json' in document));
    const outcomes = await Promise.all(documents.map((named, index) => outcomeOf(named, read[index] ?? null)));
    return loadedOf(found, decodedOf(documents, outcomes));
  } finally {
    progress.end();
  }
}

async function outcomeOf(named: NamedDocument, read: ReadDocument): Promise<Outcome> {
  if (read === null) return decodeOne(named);
  if ('json' in read) return { documents: fromShared(read), isChanged: read.isChanged, error: null };
  const { what, hint } = read.problem;
  return { documents: [], isChanged: false, error: new DecodeProblem(named.document.name, what, hint) };
}
