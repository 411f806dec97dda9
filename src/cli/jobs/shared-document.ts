import { decodeLoaded } from '../../decode/decode.js';
import type { DecodedDocument } from '../../decode/document.js';
import { type DocumentOutline, documentFromOutline, outlineOf } from '../../decode/outline.js';
import { DecodeProblem } from '../../decode/problem.js';
import { bytesInSharedMemory } from '../../decode/shared-memory.js';
import {
  type DocumentTraits,
  documentOf,
  type FilePlace,
  type SourceDocument,
  traitsOf,
} from '../../source/document.js';
import { documentAt } from '../../source/file-document.js';
import { isChanged } from '../decoded.js';
import type { NamedDocument } from '../sources.js';

/** A document that any thread can read: from its file, else from memory that all threads share. */
export interface DocumentToRead {
  readonly from: FilePlace | InMemory;
  /** SHA-256 that its file had when it was captured, where a manifest tells. */
  readonly sha256?: string;
}

interface InMemory {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly traits: DocumentTraits;
  /** SHA-256 that its file has now, where a manifest tells what it had. */
  readonly actual?: string;
}

/** What a thread found in a document: all threads look into it without a copy for each. */
export interface SharedDocument {
  readonly documents: readonly DocumentOutline[];
  /** The JSON that their lists stand in, in shared memory. */
  readonly json: Uint8Array;
  /** Its file is not as it was when it was captured. */
  readonly isChanged: boolean;
}

/** What came of reading a document; null where it cannot be read, which the thread that began tells by reading it once more. */
export type ReadDocument =
  | SharedDocument
  | { readonly problem: { readonly what: string; readonly hint: string } }
  | null;

/** Makes a document ready for any thread; null where it cannot be read. */
export async function toRead({ document, sha256 }: NamedDocument): Promise<DocumentToRead | null> {
  try {
    const from = document.place ?? (await inMemory(document, sha256 !== undefined));
    return { from, ...(sha256 === undefined ? {} : { sha256 }) };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return null;
  }
}

async function inMemory(document: SourceDocument, isChecked: boolean): Promise<InMemory> {
  const { bytes, incomplete } = await document.load();
  const actual = isChecked ? await document.sha256?.() : undefined;
  return {
    name: document.name,
    bytes: bytesInSharedMemory(bytes),
    traits: { ...traitsOf(document), ...(incomplete === undefined ? {} : { incomplete }) },
    ...(actual === undefined ? {} : { actual }),
  };
}

/** Reads a document in the thread that took it. */
export async function readDocument(document: DocumentToRead | null): Promise<ReadDocument> {
  if (document === null) return null;
  const source = sourceOf(document);
  try {
    const { documents, json } = await decodeLoaded(source, await source.load());
    return {
      documents: documents.map(outlineOf),
      json: bytesInSharedMemory(json),
      isChanged: await isChanged(source, document.sha256),
    };
  } catch (error) {
    if (error instanceof DecodeProblem) return { problem: { what: error.what, hint: error.hint } };
    if (error instanceof Error) return null;
    throw error;
  }
}

function sourceOf({ from }: DocumentToRead): SourceDocument {
  if ('path' in from) return documentAt(from);
  const { name, bytes, traits, actual } = from;
  const document = documentOf(name, asBuffer(bytes), traits);
  return actual === undefined ? document : { ...document, sha256: async () => actual };
}

/** The documents as a thread sees them that got them. */
export function fromShared({ documents, json }: SharedDocument): DecodedDocument[] {
  const bytes = asBuffer(json);
  return documents.map(document => documentFromOutline(document, bytes));
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}
