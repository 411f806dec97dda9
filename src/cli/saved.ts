import { isManifest } from '../decode/manifest.js';
import type { SourceDocument } from '../source/document.js';
import type { Io } from './io.js';
import { limitsOf } from './limits-of.js';
import { withManifests } from './manifests.js';
import type { GlobalOptions, SourceOptions } from './options.js';
import { progressOn } from './progress.js';
import type { Sources } from './sources.js';

/** Called with each saved document that is found, and its first bytes. */
export type OnDocument = (document: SourceDocument, head: Buffer) => void;

/** The documents in files, folders, archives and standard input. Throws SourceError for the first path that gives nothing. */
export async function saved(
  paths: readonly string[],
  options: SourceOptions & GlobalOptions,
  io: Io,
  onDocument: OnDocument = () => {},
): Promise<Sources> {
  const { readSources } = await import('../source/read.js');
  const progress = progressOn(io, options);
  const manifests = new Set<SourceDocument>();
  try {
    const listing = await readSources(paths, {
      stdin: io.stdin,
      limits: limitsOf(options),
      onProgress: name => {
        io.signal.throwIfAborted();
        progress.show(`looking at ${name === '-' ? 'standard input' : name}`);
      },
      onDocument: (document, head) => {
        if (isManifest(head.toString('utf8'))) manifests.add(document);
        onDocument(document, head);
      },
    });
    const documents = listing.documents.map(document => ({ document, isNamed: document.isNamed === true }));
    const checked = await withManifests(documents, manifests);
    const problems = listing.problems.map(problem => `${problem.path}: ${problem.short}`);
    return { documents: checked.documents, warnings: [...problems, ...checked.warnings] };
  } finally {
    progress.end();
  }
}
