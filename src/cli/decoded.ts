import { decode } from '../decode/decode.js';
import type { DecodedDocument } from '../decode/document.js';
import { DecodeProblem } from '../decode/problem.js';
import type { SourceDocument } from '../source/document.js';
import type { Io } from './io.js';
import type { GlobalOptions } from './options.js';
import { type Progress, progressOn } from './progress.js';
import { readAhead } from './read-ahead.js';
import type { NamedDocument } from './sources.js';

/** Documents that hold configuration, and what the user should know of the others. */
export interface Decoded {
  readonly documents: readonly DecodedDocument[];
  readonly warnings: readonly string[];
  /** The first that held none; null where all did. */
  readonly problem: Error | null;
}

/** Decodes what can be decoded; what the user named himself and is no configuration is told. Rejects when the user interrupts. */
export async function decodeAll(documents: readonly NamedDocument[], options: GlobalOptions, io: Io): Promise<Decoded> {
  const decoded: DecodedDocument[] = [];
  const warnings: string[] = [];
  const problems: Error[] = [];
  const progress = progressOn(io, options);
  try {
    let done = 0;
    const shown = documents.map(named => ({ ...named, document: showing(named.document, progress) }));
    for (const { document, isNamed, sha256 } of readAhead(shown, options.jobs)) {
      io.signal.throwIfAborted();
      progress.show(`reading ${document.name}`, { done: done++, total: documents.length });
      try {
        decoded.push(...(await decode(document)));
        const actual = sha256 === undefined ? undefined : await document.sha256?.();
        if (actual !== undefined && actual !== sha256) warnings.push(changed(document.name));
      } catch (error) {
        if (!(error instanceof Error)) throw error;
        problems.push(error);
        if (isNamed || !(error instanceof DecodeProblem)) warnings.push(error.message);
      }
    }
  } finally {
    progress.end();
  }
  return { documents: decoded, warnings: [...warnings, ...decoded.flatMap(warningsOf)], problem: problems[0] ?? null };
}

/** How far reading is, is told of a document of so many bytes. */
const LARGE = 64 * 1024 * 1024;

/** The document with progress of its own while it is read, where it is large. */
function showing(document: SourceDocument, progress: Progress): SourceDocument {
  const onRead = (done: number, total: number) => {
    if (total >= LARGE) progress.show(`reading ${document.name}`, { done, total, unit: 'bytes' });
  };
  return { ...document, load: () => document.load(onRead) };
}

function changed(name: string): string {
  return `${name} is not as it was captured: its SHA-256 is not that of the manifest. It was changed or damaged since`;
}

function warningsOf(document: DecodedDocument): string[] {
  const { name, broken } = document;
  const notes = document.notes.map(note => `${name}: ${note}`);
  if (broken === null) return notes;
  const where = broken.kind === null ? '' : `, in its ${broken.kind} section`;
  return [
    ...notes,
    `${name} breaks off at byte ${broken.offset}${where} (${broken.message}); what came before is used`,
  ];
}
