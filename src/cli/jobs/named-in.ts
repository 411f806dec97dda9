import type { DecodedDocument } from '../../decode/document.js';

/** Of the documents that a thread was shown those of some names, in their order. */
export function namedIn(documents: readonly DecodedDocument[], names: readonly string[]): DecodedDocument[] {
  const byName = new Map(documents.map(document => [document.name, document]));
  return names.map(name => {
    const document = byName.get(name);
    if (document === undefined) throw new Error(`${name} was not shown to this thread`);
    return document;
  });
}
