import { escapePointer, snakeCase } from '../../decode/case.js';
import type { RemovalKind } from './removal.js';
import { secretHeader } from './secret-header.js';
import { isPlainValue, isReference, secretKind } from './secret-key.js';

/** Where a value stands in a document, and what that says about it. */
export interface Place {
  readonly pointer: string;
  /** The key that it, or the list that holds it, stands under; in snake_case. */
  readonly key: string;
  /** The same key as it is written. */
  readonly name: string;
  /** What it is a part of: the value of a secret's key, however deep. */
  readonly secret: RemovalKind | null;
  /** Whether it is a part of a node's metadata or of another set of environment variables. */
  readonly isEnvironment: boolean;
}

export const ROOT: Place = { pointer: '', key: '', name: '', secret: null, isEnvironment: false };

/** Maps by names that people choose: such a key says nothing about its value. */
const MAPS = new Set(['policies', 'providers', 'requirement_map', 'typed_per_filter_config', 'per_filter_config']);

/** Lists of secrets by their messages, which tell for themselves what in them is secret. */
const SECRET_LISTS = new Set(['static_secrets', 'dynamic_active_secrets', 'dynamic_warming_secrets', 'secrets']);

/** What stands inside a secret's value and only says where the secret comes from. */
const WHEREABOUTS = new Set([
  'sds_config',
  'watched_directory',
  'http_uri',
  'token_endpoint',
  'authorization_endpoint',
]);

const ENVIRONMENTS = new Set(['proxy_metadata', 'environment', 'environment_variables', 'env', 'envs']);

/** What a value is, as far as it tells whether its key can name a secret. */
export type Form = 'scalar' | 'list' | 'object';

/** The form of a JSON value. */
export function formOf(value: unknown): Form {
  if (Array.isArray(value)) return 'list';
  return typeof value === 'object' && value !== null ? 'object' : 'scalar';
}

/** The place of a member of an object. */
export function memberPlace(parent: Place, name: string, form: Form): Place {
  const key = snakeCase(name);
  return {
    pointer: `${parent.pointer}/${escapePointer(name)}`,
    key,
    name,
    secret: secretOf(parent, name, key, form),
    isEnvironment: parent.isEnvironment || ENVIRONMENTS.has(key) || (key === 'metadata' && parent.key === 'node'),
  };
}

/** The place of an item of a list: it is what the list is. */
export function itemPlace(parent: Place, index: number): Place {
  return { ...parent, pointer: `${parent.pointer}/${index}` };
}

function secretOf(parent: Place, name: string, key: string, form: Form): RemovalKind | null {
  if (WHEREABOUTS.has(key)) return null;
  const isByName = MAPS.has(parent.key) && form !== 'scalar';
  if (isByName || (form === 'list' && SECRET_LISTS.has(key))) return parent.secret;
  const own = parent.key === 'headers' ? secretHeader(name) : secretKind(name);
  if (own !== null) return parent.isEnvironment ? 'environment value' : own;
  return isReference(name) ? null : parent.secret;
}

/** Whether a text at a place is a secret by where it stands. */
export function isSecretText(place: Place, text: string): boolean {
  return place.secret !== null && !isPlainValue(text);
}
