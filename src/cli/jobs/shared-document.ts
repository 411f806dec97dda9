import { type DocumentTraits, documentOf, type SourceDocument, traitsOf } from '../../source/document.js';
import { inParallel } from '../in-parallel.js';
import type { Io } from '../io.js';
import type { Progress } from '../progress.js';
import type { NamedDocument } from '../sources.js';

/** A document that all threads read, without a copy for each. */
export interface SharedDocument {
  readonly name: string;
  readonly traits: DocumentTraits;
  readonly isNamed: boolean;
  /** SHA-256 that its file had when it was captured, and has now, where a manifest tells. */
  readonly sha256?: { readonly captured: string; readonly actual: string };
  /** Its bytes; what went wrong where it cannot be read. */
  readonly content: SharedArrayBuffer | { readonly error: Error };
}

/** Files that are read and unpacked at the same time: Node has as many threads for it. */
const AT_ONCE = 4;

/** Reads all documents, and keeps what cannot be read with the reason. */
export function shareDocuments(
  documents: readonly NamedDocument[],
  progress: Progress,
  io: Io,
): Promise<SharedDocument[]> {
  let done = 0;
  return inParallel(documents, AT_ONCE, io.signal, async named => {
    const shared = await share(named);
    done += 1;
    progress.show(`reading ${shared.name}`, { done, total: documents.length });
    return shared;
  });
}

async function share({ document, isNamed, sha256 }: NamedDocument): Promise<SharedDocument> {
  const { name } = document;
  const traits = traitsOf(document);
  try {
    const { bytes, incomplete } = await document.load();
    const content = new SharedArrayBuffer(bytes.length);
    bytes.copy(new Uint8Array(content));
    const actual = sha256 === undefined ? undefined : await document.sha256?.();
    return {
      name,
      isNamed,
      content,
      traits: incomplete === undefined ? traits : { ...traits, incomplete },
      ...(sha256 === undefined || actual === undefined ? {} : { sha256: { captured: sha256, actual } }),
    };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { name, isNamed, content: { error }, traits };
  }
}

/** The document as the thread sees it that got it. */
export function fromShared({ name, traits, isNamed, sha256, content }: SharedDocument): NamedDocument {
  const document =
    content instanceof SharedArrayBuffer
      ? documentOf(name, Buffer.from(content), traits)
      : unreadable(name, traits, content.error);
  if (sha256 === undefined) return { document, isNamed };
  const { captured, actual } = sha256;
  return { document: { ...document, sha256: async () => actual }, isNamed, sha256: captured };
}

function unreadable(name: string, traits: DocumentTraits, error: Error): SourceDocument {
  const fail = () => Promise.reject(error);
  return { ...documentOf(name, Buffer.alloc(0), traits), head: fail, load: fail };
}
