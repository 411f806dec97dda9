import { snakeCase } from '../../decode/case.js';
import type { RemovalKind } from './removal.js';
import { isCookieHeader, secretHeader } from './secret-header.js';

/** Keys under which a pair holds its name: HeaderValue, HeaderMatcher, QueryParameterMatcher, an environment variable. */
const NAME_KEYS = ['name', 'key', 'header_name', 'headerName'];

/** Keys under which it holds its value, or what the value must be like. */
const VALUE_KEYS = new Set([
  'value',
  'raw_value',
  'string_value',
  'exact_match',
  'prefix_match',
  'suffix_match',
  'contains_match',
  'regex_match',
  'safe_regex_match',
  'string_match',
  'exact',
  'prefix',
  'suffix',
  'contains',
  'regex',
  'safe_regex',
]);

/**
 * What the value of a pair is, judged by its name: `{key: authorization, value: …}`; null where it is no secret, and where a matcher asks
 * for cookies, as people route by these.
 */
export function pairKind(object: Readonly<Record<string, unknown>>): RemovalKind | null {
  const name = nameOf(object);
  if (name === null) return null;
  if (isCookieHeader(name)) return 'value' in object || 'raw_value' in object || 'rawValue' in object ? 'token' : null;
  return secretHeader(name);
}

/** Whether a member of such a pair is its value. */
export function isPairValue(key: string): boolean {
  return VALUE_KEYS.has(snakeCase(key));
}

function nameOf(object: Readonly<Record<string, unknown>>): string | null {
  for (const key of NAME_KEYS) {
    const name = object[key];
    if (typeof name === 'string') return name;
  }
  return null;
}
