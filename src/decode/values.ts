import { findJson } from './recognise.js';
import { skipSpace } from './scan.js';
import type { Unknown } from './unknown-value.js';
import { type Content, decodeValue } from './value.js';

/** What the JSON values of a document hold. */
export interface DecodedValues {
  /** The JSON in which their lists stand. */
  readonly bytes: Buffer;
  /** Each with the position of its value among all of them, from 1. */
  readonly contents: readonly (Content & { readonly position: number })[];
  /** What the first value is that holds no configuration; null where each does. */
  readonly unknown: Unknown | null;
  /** What was passed over. */
  readonly notes: readonly string[];
}

/** Reads all JSON values of a document, one after another; the first one begins at byte `start`. */
export function decodeValues(bytes: Buffer, start: number): DecodedValues {
  const contents: DecodedValues['contents'][number][] = [];
  const unknown: Unknown[] = [];
  const notes = isBlank(bytes, 0, start) ? [] : [`${start} bytes before the JSON were passed over`];
  let at = start;
  for (let position = 1; at >= 0; position++) {
    const value = decodeValue(bytes, at);
    contents.push(...value.contents.map(content => ({ ...content, position })));
    if (value.unknown !== null) unknown.push(value.unknown);
    at = findJson(bytes, value.end);
    if (at < 0 && !isBlank(bytes, value.end, bytes.length))
      notes.push(`${bytes.length - value.end} bytes after the JSON were passed over`);
  }
  const [first] = unknown;
  if (first !== undefined && contents.length > 0)
    notes.push(
      unknown.length === 1
        ? `a JSON value that ${first.what} was passed over`
        : `${unknown.length} JSON values were passed over; the first of them ${first.what}`,
    );
  return { bytes, contents, unknown: first ?? null, notes };
}

function isBlank(bytes: Buffer, from: number, to: number): boolean {
  return skipSpace(bytes, from) >= to;
}
