import { isDefault } from './defaults.js';
import { intoTodaysForm } from './earlier-forms.js';
import { fieldName, isFreeField, isMapField } from './field-name.js';
import { isJsonList, isJsonObject, type Json, type JsonObject } from './json.js';
import { canonicalString, durationOfFields } from './scalar.js';

/** What says where a message came from, not what it means. */
const ROOT_ONLY = '@type';

/**
 * An Envoy resource message in the one form that all of its printed forms share: snake_case names of API v3, without defaults, with
 * durations in seconds, Any and TypedStruct unwrapped alike. Lists keep their order and their places.
 */
export function canonical(message: unknown): JsonObject {
  const value = canonicalValue('', message as Json);
  if (!isJsonObject(value)) return {};
  const { [ROOT_ONLY]: _, ...fields } = value;
  return fields;
}

function canonicalValue(field: string, value: Json): Json {
  if (typeof value === 'string') return canonicalString(value);
  if (isJsonList(value)) return value.map(item => canonicalValue('', item));
  // Free JSON of users is the same in every printed form.
  if (!isJsonObject(value) || isFreeField(field)) return value;
  return isMapField(field) ? canonicalMap(value) : canonicalMessage(value);
}

function canonicalMap(map: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, canonicalValue('', value)]));
}

function canonicalMessage(message: JsonObject): Json {
  const fields: Record<string, Json> = {};
  for (const [key, value] of Object.entries(message)) if (value !== null) fields[fieldName(key)] = value;
  const duration = durationOfFields(fields);
  if (duration !== null) return duration;
  intoTodaysForm(fields);
  const result: Record<string, Json> = {};
  for (const [key, value] of Object.entries(fields)) {
    const name = fieldName(key);
    const inner = canonicalValue(name, value);
    if (!isDefault(name, inner)) result[name] = inner;
  }
  return result;
}
