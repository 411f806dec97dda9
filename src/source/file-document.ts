import { allocateShared } from './allocate.js';
import { type ByteSource, fileSource } from './byte-source.js';
import type { FilePlace, SourceDocument } from './document.js';
import { gunzipped } from './gunzip.js';
import type { Limits } from './limits.js';
import { documentFrom } from './reading.js';

/**
 * The document in a file that was found to hold one: nobody looks any more whether it may be configuration. The bytes of a plain file are
 * read into shared memory.
 */
export function documentAt(place: FilePlace): SourceDocument {
  const { name, path, isPacked, limits } = place;
  const file = fileSource(name, path, limits, allocateShared);
  return documentFrom(isPacked ? gunzipped(file, limits) : file, false, file);
}

/** Where a document lies whose bytes are those of `file`, or what `file` is unpacked to; undefined where that is no file. */
export function placeOf(source: ByteSource, file: ByteSource, limits: Limits): FilePlace | undefined {
  const { name, origin } = file;
  return typeof origin === 'string' ? { name, path: origin, isPacked: source !== file, limits } : undefined;
}
