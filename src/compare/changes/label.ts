import { isJsonObject, type Json } from '../canonical/json.js';
import { textOf } from './identity.js';

/** A short name for an item of a list: its own, what it matches, its type, else the whole of it or its place. */
export function labelOf(item: Json, place: number): string {
  if (!isJsonObject(item)) return String(item);
  for (const field of ['name', 'cluster_name', 'cluster', '@type']) {
    const value = item[field];
    if (typeof value === 'string') return value;
  }
  const match = item.match ?? item.filter_chain_match;
  return match === undefined ? `[${place}]` : textOf(match);
}
