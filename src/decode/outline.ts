import type { DecodedDocument } from './document.js';
import { type ListOutline, ReadEntries } from './entry-list.js';
import { UnreadEntries } from './unread-entries.js';

/** A document as it can be handed to another thread that has its bytes, which need not be scanned once more. */
export interface DocumentOutline extends Omit<DecodedDocument, 'lists'> {
  readonly lists: readonly ListOutline[];
}

/** The outline of a document, for {@link documentFromOutline}. */
export function outlineOf(document: DecodedDocument): DocumentOutline {
  return { ...document, lists: document.lists.map(list => list.outline()) };
}

/** The document that an outline is of. `bytes` are those that its lists were found in. */
export function documentFromOutline(outline: DocumentOutline, bytes: Buffer): DecodedDocument {
  const listFrom = (list: ListOutline) =>
    'entries' in list ? ReadEntries.from(list, bytes) : UnreadEntries.from(list, bytes);
  return { ...outline, lists: outline.lists.map(listFrom) };
}
