import { isObject, jsonOf } from '../json.js';
import { emptyEntry, type LogEntry } from './entry.js';
import type { LineReader } from './format.js';
import { type Store, storeOf } from './operator.js';

/** A JSON line with fewer of the keys is no access log: Envoy's and others' own logs have a time and a message. */
const MIN_KEYS = 2;

type Stores = ReadonlyMap<string, Store | Stores>;

const ONE_OPERATOR = /^%([A-Z_0-9]+)(?:\(([^)]*)\))?(?::\d+)?%$/;

/**
 * A reader for Envoy's `json_format`: a mapping, nested or not, of keys to one operator each. Keys of other values are passed over; a line is in this
 * format where it is a JSON object with at least two of the keys.
 */
export function jsonReader(format: Readonly<Record<string, unknown>>): LineReader {
  const stores = storesOf(format);
  return line => {
    const value = jsonOf(line);
    if (!isObject(value)) return null;
    const entry = emptyEntry();
    return read(value, stores, entry) < MIN_KEYS ? null : entry;
  };
}

function storesOf(format: Readonly<Record<string, unknown>>): Stores {
  const stores = new Map<string, Store | Stores>();
  for (const [key, value] of Object.entries(format)) {
    if (isObject(value)) stores.set(key, storesOf(value));
    const operator = typeof value === 'string' ? ONE_OPERATOR.exec(value) : null;
    const store = operator === null ? null : storeOf(operator[1] ?? '', operator[2] ?? '');
    if (store !== null) stores.set(key, store);
  }
  return stores;
}

/** Returns how many keys were known. */
function read(value: Record<string, unknown>, stores: Stores, entry: LogEntry): number {
  let known = 0;
  for (const [key, store] of stores) {
    const found = value[key];
    if (found === undefined) continue;
    if (typeof store !== 'function') known += isObject(found) ? read(found, store, entry) : 0;
    else {
      known++;
      if (typeof found === 'string' || typeof found === 'number') store(entry, String(found));
    }
  }
  return known;
}
