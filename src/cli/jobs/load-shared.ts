import type { Io } from '../io.js';
import { type Found, type Loaded, loadDocuments } from '../load.js';
import type { GlobalOptions } from '../options.js';
import { progressOn } from '../progress.js';
import { fromShared, shareDocuments } from './shared-document.js';
import type { Threads } from './threads.js';

/** Reads documents for all threads: each reads what is in them by itself, as soon as their bytes are there. Throws what loadDocuments throws. */
export async function loadShared(found: Found, options: GlobalOptions, threads: Threads, io: Io): Promise<Loaded> {
  if (threads.count === 1) return loadDocuments(found, options, io);
  const progress = progressOn(io, options);
  try {
    const shared = await shareDocuments(found.documents, document => threads.share(document), progress, io);
    return await loadDocuments({ ...found, documents: shared.map(fromShared) }, options, io);
  } finally {
    progress.end();
  }
}
