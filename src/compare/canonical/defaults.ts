import { DOCUMENTED_DEFAULTS, EMPTY_SAYS_NOTHING, ENUM_DEFAULTS, ZERO_COUNTS } from './default-tables.js';
import { isMapField } from './field-name.js';
import { isJsonList, type Json } from './json.js';
import { sameScalar } from './scalar.js';

/**
 * Whether a field with this value says the same as the field left out: proto3's own defaults, and those that Envoy documents.
 * https://protobuf.dev/programming-guides/proto3/#default
 */
export function isDefault(field: string, value: Json): boolean {
  if (value === null) return true;
  if (isJsonList(value)) return value.length === 0;
  if (typeof value === 'object') return Object.keys(value).length === 0 && emptySaysNothing(field);
  if (sameScalar(DOCUMENTED_DEFAULTS[field], value)) return true;
  if (isZero(value)) return !ZERO_COUNTS.has(field);
  return typeof value === 'string' && ENUM_DEFAULTS[field]?.includes(value) === true;
}

function emptySaysNothing(field: string): boolean {
  return EMPTY_SAYS_NOTHING.has(field) || isMapField(field);
}

/** The string is how JSON prints a 64-bit zero. */
function isZero(value: Json): boolean {
  return value === false || value === 0 || value === '' || value === '0';
}
