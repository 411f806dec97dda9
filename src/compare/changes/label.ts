import { isJsonObject, type Json } from '../canonical/json.js';

const NAMES = ['name', 'cluster_name', 'key'];

/** A short name for an item of a list: its own, itself where it is no message, else its place. */
export function labelOf(item: Json, place: number): string {
  if (!isJsonObject(item)) return typeof item === 'object' ? String(place) : String(item);
  const named = NAMES.map(field => item[field]).find(name => typeof name === 'string');
  return named === undefined ? String(place) : String(named);
}
