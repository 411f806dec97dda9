import type { Json } from '../canonical/json.js';
import type { PathChange } from '../changes/changes.js';
import { shortValue } from '../changes/short-value.js';
import type { DriftKind } from '../drift/difference.js';

/** More fields than this are told by their number; the paths have them all. */
const MAX_FIELDS = 2;
const MAX_VALUE = 60;

const NOUNS: Readonly<Record<DriftKind, string>> = {
  listener: 'listener',
  route: 'route table',
  'scoped-route': 'scoped route',
  cluster: 'cluster',
  endpoint: 'endpoints',
  secret: 'secret',
  ecds: 'extension',
  bootstrap: 'bootstrap',
};

/** What a kind of resource is called in a sentence. */
export function noun(kind: DriftKind): string {
  return NOUNS[kind];
}

/** The fields that differ, in words: `connect_timeout is 3s instead of 10s; …`, or how many they are. */
export function fieldsInWords(paths: readonly PathChange[]): string {
  if (paths.length > MAX_FIELDS) return `${paths.length} fields differ`;
  return paths.map(({ at, left, right }) => `${shortPlace(at)} ${inWords(left, right)}`).join('; ');
}

function inWords(left: Json, right: Json): string {
  if (left === null) return isPlain(right) ? `is ${shortValue(right, MAX_VALUE)} instead of unset` : 'is added';
  if (right === null) return isPlain(left) ? `is unset instead of ${shortValue(left, MAX_VALUE)}` : 'is missing';
  if (left === right) return 'is another one (a secret, not shown)';
  return `is ${shortValue(right, MAX_VALUE)} instead of ${shortValue(left, MAX_VALUE)}`;
}

/** The end of a place: from its last named item on. */
function shortPlace(at: string): string {
  const named = [...at.matchAll(/[a-z_0-9]+\[[^\]]*[^\d\]][^\]]*\]/g)];
  const last = named.at(-1);
  return last === undefined ? at : at.slice(last.index);
}

function isPlain(value: Json): boolean {
  return typeof value !== 'object' || value === null;
}

/** A sentence's beginning in upper case. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
