import { rewriteJson } from '../../decode/rewrite.js';
import type { NameCollector } from './names.js';
import { memberSpot, pseudonymise, pseudonymousKey, type Spot, TOP } from './pseudonymise.js';
import type { Pseudonyms } from './pseudonyms.js';
import { collectFromTable, pseudonymousTable } from './table.js';

/**
 * Adds the names in a document of any size, JSON or a table of proxies, given as UTF-8.
 * Throws ScanError or SyntaxError where JSON is not whole.
 */
export function collectNames(bytes: Buffer, into: NameCollector): void {
  if (!isJson(bytes)) {
    collectFromTable(bytes.toString('utf8'), into);
    return;
  }
  rewriteJson<string>(bytes, '', {
    member: (_, key) => key,
    item: key => key,
    key: key => key,
    value: (value, key) => {
      into.add(value, key);
      return null;
    },
  });
}

/** The document with its names and addresses replaced. Throws like {@link collectNames}. */
export function pseudonymousDocument(bytes: Buffer, pseudonyms: Pseudonyms): Buffer {
  if (!isJson(bytes)) return Buffer.from(pseudonymousTable(bytes.toString('utf8'), pseudonyms));
  const pieces = rewriteJson<Spot>(bytes, TOP, {
    member: (spot, key, isList) => memberSpot(spot, key, isList ? [] : {}),
    item: spot => spot,
    key: (key, spot) => pseudonymousKey(key, pseudonyms, spot),
    value: (value, spot) => pseudonymise(value, pseudonyms, spot),
  });
  return Buffer.concat(pieces);
}

function isJson(bytes: Buffer): boolean {
  return /^\s*[[{]/.test(bytes.toString('latin1', 0, 256));
}
