import { DecodeProblem } from '../../decode/problem.js';
import { AT_ONCE } from '../../source/ahead.js';
import { type Decoded, decodeAll, decodedOf, decodeOne, type Outcome } from '../decoded.js';
import { inParallel } from '../in-parallel.js';
import type { Io } from '../io.js';
import { type Found, type Loaded, loadedOf } from '../load.js';
import type { GlobalOptions } from '../options.js';
import { progressOn } from '../progress.js';
import type { NamedDocument } from '../sources.js';
import { readJob } from './read-job.js';
import { fromShared, type ReadDocument, toRead } from './shared-document.js';
import type { Threads } from './threads.js';

/** Reads documents for all threads. Throws what loadedOf throws. */
export async function loadShared(found: Found, options: GlobalOptions, threads: Threads, io: Io): Promise<Loaded> {
  return loadedOf(found, await decodeShared(found.documents, options, threads, io));
}

/** Decodes documents for all threads: each reads the next one that nobody has taken, and hands over what it found in it. */
export async function decodeShared(
  documents: readonly NamedDocument[],
  options: GlobalOptions,
  threads: Threads,
  io: Io,
): Promise<Decoded> {
  if (threads.count === 1) return decodeAll(documents, options, io);
  const progress = progressOn(io, options);
  try {
    const list = await inParallel(documents, AT_ONCE, io.signal, toRead);
    const read = await threads.divide<ReadDocument>(
      { job: 'read', settings: list, count: list.length, atOnce: AT_ONCE / 2 },
      readJob([], list),
      done => progress.show(`reading ${documents[done - 1]?.document.name ?? ''}`, { done, total: documents.length }),
    );
    threads.share(read.filter(document => document !== null && 'json' in document));
    const outcomes = await Promise.all(documents.map((named, index) => outcomeOf(named, read[index] ?? null)));
    return decodedOf(documents, outcomes);
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
