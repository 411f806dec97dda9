import { decode } from '../../../src/decode/decode.js';
import type { DecodedDocument } from '../../../src/decode/document.js';
import { entriesOf } from '../../../src/decode/entry-list.js';
import { documentOf } from '../../../src/source/document.js';
import { type ExpectedEntry, sortedByPointer } from './reference.js';

/** The folder of shared data beside the repository. */
export const SHARED = new URL('../../../../shared/', import.meta.url);

/** Decodes text as if it were a file. */
export function decodeText(text: string | Buffer, name = 'x.json'): Promise<DecodedDocument[]> {
  return decode(documentOf(name, Buffer.from(text)));
}

/** The entries that were found, in the shape of those expected, sorted by pointer. */
export function foundEntries(documents: readonly DecodedDocument[]): ExpectedEntry[] {
  const entries = documents.flatMap(({ lists }) => entriesOf(lists));
  return sortedByPointer(
    entries.map(({ kind, state, isStatic, pointer, message }) => ({ kind, state, isStatic, pointer, message })),
  );
}
