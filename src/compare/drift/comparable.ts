import { canonical } from '../canonical/canonical.js';
import { isJsonList, isJsonObject, type Json, type JsonObject } from '../canonical/json.js';
import type { DriftKind } from './difference.js';

/** What of a kind of resource is not drift, taken out of its canonical message. */
const WITHOUT: Partial<Record<DriftKind, (message: JsonObject) => JsonObject>> = {
  endpoint: withoutHealth,
  secret: withoutPrivateKeys,
  ecds: unnamedExtension,
  bootstrap: ownPart,
};

/** The canonical message of a resource, with what counts only. */
export function comparable(kind: DriftKind, message: unknown): JsonObject {
  const whole = canonical(message);
  return WITHOUT[kind]?.(whole) ?? whole;
}

/** Health is Envoy's own finding: told in a note, never drift. */
function withoutHealth(message: JsonObject): JsonObject {
  return mapFields(message, ['health_status']);
}

/** Envoy redacts keys, Pilot does not: they never show, and never differ. */
function withoutPrivateKeys(message: JsonObject): JsonObject {
  return mapFields(message, [
    'private_key',
    'private_key_provider',
    'session_ticket_keys',
    'pkcs12',
    'password',
    'generic_secret',
  ]);
}

/** Envoy has the extension inside a TypedExtensionConfig with the name of its entry. */
function unnamedExtension(message: JsonObject): JsonObject {
  return isJsonObject(message.typed_config) ? message.typed_config : message;
}

/** Static resources are kinds of their own; the list of what a binary was built with is told by its version. */
function ownPart({ static_resources: _, node, ...fields }: JsonObject): JsonObject {
  if (!isJsonObject(node)) return fields;
  const { extensions: __, id: ___, ...own } = node;
  return { ...fields, node: own };
}

function mapFields(message: JsonObject, without: readonly string[]): JsonObject {
  const entries = Object.entries(message).filter(([field]) => !without.includes(field));
  return Object.fromEntries(entries.map(([field, value]) => [field, deeper(value, without)]));
}

function deeper(value: Json, without: readonly string[]): Json {
  if (isJsonList(value)) return value.map(item => deeper(item, without));
  return isJsonObject(value) ? mapFields(value, without) : value;
}
