import { AT_ONCE, ahead } from '../source/ahead.js';
import type { NamedDocument } from './sources.js';

/** The same documents in their order, of which so many are read and unpacked at the same time: the next ones while one is being decoded. */
export function* readAhead(documents: readonly NamedDocument[], jobs = AT_ONCE): Generator<NamedDocument> {
  for (const { item, reading } of ahead(documents, ({ document }) => document.load(), jobs))
    yield { ...item, document: { ...item.document, load: () => reading } };
}
