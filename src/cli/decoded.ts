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

/** What came of one document. */
export interface Outcome {
  readonly documents: readonly DecodedDocument[];
  /** Its file is not as it was when it was captured. */
  readonly isChanged: boolean;
  readonly error: Error | null;
}

/** Decodes what can be decoded; what the user named himself and is no configuration is told. Rejects when the user interrupts. */
export async function decodeAll(documents: readonly NamedDocument[], options: GlobalOptions, io: Io): Promise<Decoded> {
  const outcomes: Outcome[] = [];
  const progress = progressOn(io, options);
  try {
    const shown = documents.map(named => ({ ...named, document: showing(named.document, progress) }));
    for (const named of readAhead(shown, options.jobs)) {
      io.signal.throwIfAborted();
      progress.show(`reading ${named.document.name}`, { done: outcomes.length, total: documents.length });
      outcomes.push(await decodeOne(named));
    }
  } finally {
    progress.end();
  }
  return decodedOf(documents, outcomes);
}

/** Decodes one document, and looks whether it is as it was captured. */
export async function decodeOne({ document, sha256 }: NamedDocument): Promise<Outcome> {
  let documents: readonly DecodedDocument[] = [];
  try {
    documents = await decode(document);
    return { documents, isChanged: await isChanged(document, sha256), error: null };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { documents, isChanged: false, error };
  }
}

/** Whether a document has another checksum than it had. Throws SourceError. */
export async function isChanged(document: SourceDocument, captured: string | undefined): Promise<boolean> {
  const actual = captured === undefined ? undefined : await document.sha256?.();
  return actual !== undefined && actual !== captured;
}

/** All that was decoded of some documents, in their order. */
export function decodedOf(documents: readonly NamedDocument[], outcomes: readonly Outcome[]): Decoded {
  const warnings = documents.flatMap(({ document, isNamed }, index) => {
    const { isChanged, error } = outcomes[index] ?? NOTHING;
    const isTold = error !== null && (isNamed || !(error instanceof DecodeProblem));
    return [...(isChanged ? [changed(document.name)] : []), ...(isTold ? [error.message] : [])];
  });
  const decoded = outcomes.flatMap(outcome => outcome.documents);
  const problem = outcomes.find(({ error }) => error !== null)?.error ?? null;
  return { documents: decoded, warnings: [...warnings, ...decoded.flatMap(warningsOf)], problem };
}

const NOTHING: Outcome = { documents: [], isChanged: false, error: null };

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
