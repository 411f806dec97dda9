import { decode } from '../../decode/decode.js';
import type { DecodedDocument } from '../../decode/document.js';
import { type DocumentTraits, documentOf, type SourceDocument, traitsOf } from '../../source/document.js';
import { inParallel } from '../in-parallel.js';
import type { Io } from '../io.js';
import type { Progress } from '../progress.js';
import { READ_AT_ONCE } from '../read-ahead.js';
import type { NamedDocument } from '../sources.js';

/** A document that all threads read, without a copy for each. */
export interface SharedDocument {
  /** Where it stands among all of them. */
  readonly position: number;
  readonly name: string;
  readonly traits: DocumentTraits;
  readonly isNamed: boolean;
  /** SHA-256 that its file had when it was captured, and has now, where a manifest tells. */
  readonly sha256?: { readonly captured: string; readonly actual: string };
  /** Its bytes in shared memory; what went wrong where it cannot be read. */
  readonly content: Uint8Array | { readonly error: Error };
}

/** Reads all documents, and keeps what cannot be read with the reason. `onShared` gets each as soon as it is there. */
export function shareDocuments(
  documents: readonly NamedDocument[],
  onShared: (document: SharedDocument) => void,
  progress: Progress,
  io: Io,
): Promise<SharedDocument[]> {
  let done = 0;
  const items = documents.map((named, position) => ({ named, position }));
  return inParallel(items, READ_AT_ONCE, io.signal, async ({ named, position }) => {
    const shared = await share(named, position);
    onShared(shared);
    done += 1;
    progress.show(`reading ${shared.name}`, { done, total: documents.length });
    return shared;
  });
}

async function share({ document, isNamed, sha256 }: NamedDocument, position: number): Promise<SharedDocument> {
  const { name } = document;
  const traits = traitsOf(document);
  try {
    const { bytes, incomplete } = await document.load();
    const actual = sha256 === undefined ? undefined : await document.sha256?.();
    return {
      position,
      name,
      isNamed,
      content: inSharedMemory(bytes),
      traits: incomplete === undefined ? traits : { ...traits, incomplete },
      ...(sha256 === undefined || actual === undefined ? {} : { sha256: { captured: sha256, actual } }),
    };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { position, name, isNamed, content: { error }, traits };
  }
}

/** Large documents are read into it already. */
function inSharedMemory(bytes: Buffer): Uint8Array {
  if (bytes.buffer instanceof SharedArrayBuffer) return bytes;
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  return shared;
}

/** The document as the thread sees it that got it. */
export function fromShared({ name, traits, isNamed, sha256, content }: SharedDocument): NamedDocument {
  const document =
    content instanceof Uint8Array
      ? documentOf(name, Buffer.from(content.buffer, content.byteOffset, content.length), traits)
      : unreadable(name, traits, content.error);
  if (sha256 === undefined) return { document, isNamed };
  const { captured, actual } = sha256;
  return { document: { ...document, sha256: async () => actual }, isNamed, sha256: captured };
}

function unreadable(name: string, traits: DocumentTraits, error: Error): SourceDocument {
  const fail = () => Promise.reject(error);
  return { ...documentOf(name, Buffer.alloc(0), traits), head: fail, load: fail };
}

/** What another thread reads in it: nothing where it is no configuration, which the first thread tells. */
export async function decodeShared(shared: SharedDocument): Promise<DecodedDocument[]> {
  try {
    return await decode(fromShared(shared).document);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return [];
  }
}
