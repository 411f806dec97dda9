import { rewriteJson } from '../../decode/rewrite.js';
import { itemPlace, memberPlace, type Place, ROOT } from './place.js';
import { redact, redactKey } from './redact.js';
import type { Removal } from './removal.js';

/** A document without its secrets. */
export interface RedactedDocument {
  readonly bytes: Buffer;
  readonly removed: readonly Removal[];
}

/**
 * Takes the secrets out of a JSON document of any size, given as UTF-8.
 * Throws ScanError or SyntaxError where it is not whole: nothing can be promised of what is not understood.
 */
export function redactDocument(bytes: Buffer): RedactedDocument {
  const removed: Removal[] = [];
  const pieces = rewriteJson<Place>(bytes, ROOT, {
    member: (place, key, isList) => memberPlace(place, key, isList ? 'list' : 'object'),
    item: itemPlace,
    key: (key, place) => redactKey(key, place, removed),
    value: (value, place) => {
      const redacted = redact(value, place);
      removed.push(...redacted.removed);
      return redacted.value;
    },
  });
  return { bytes: Buffer.concat(pieces), removed };
}
