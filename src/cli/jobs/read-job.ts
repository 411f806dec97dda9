import type { DecodedDocument } from '../../decode/document.js';
import { type DocumentToRead, readDocument } from './shared-document.js';

/** Reads the documents of a list, each by its position. */
export function readJob(_: readonly DecodedDocument[], list: readonly (DocumentToRead | null)[]) {
  return (index: number) => readDocument(list[index] ?? null);
}
