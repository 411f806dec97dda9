import { isJsonObject, type Json } from '../canonical/json.js';

/** What may tell which item of a list an object is, the strongest first. Each gives null where the object has no such thing. */
export const IDENTITIES: readonly ((item: Json) => string | null)[] = [
  item => field(item, 'name'),
  item => field(item, 'cluster_name'),
  item => nested(item, 'endpoint', 'address'),
  item => both(item, 'locality', 'priority'),
  item => nested(item, 'header', 'key'),
  item => field(item, 'filter_chain_match'),
  item => field(item, 'match'),
  item => field(item, 'priority'),
  item => field(item, '@type'),
];

/** The JSON text of a value with its keys sorted: equal for equal values. */
export function textOf(value: Json): string {
  return JSON.stringify(value, (_, inner: Json) => (isJsonObject(inner) ? sorted(inner) : inner));
}

function sorted(object: Readonly<Record<string, Json>>): Record<string, Json> {
  return Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function field(item: Json, name: string): string | null {
  const value = isJsonObject(item) ? item[name] : undefined;
  if (value === undefined) return null;
  return typeof value === 'string' ? value : textOf(value);
}

function nested(item: Json, outer: string, inner: string): string | null {
  const value = isJsonObject(item) ? item[outer] : undefined;
  return value === undefined ? null : field(value, inner);
}

function both(item: Json, first: string, second: string): string | null {
  const locality = field(item, first);
  return locality === null ? null : `${locality} ${field(item, second) ?? ''}`;
}
