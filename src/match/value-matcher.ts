import { isObject } from '../decode/json.js';
import type { View } from '../model/view.js';
import { MAX_NESTING, nestedTooDeep } from './nesting.js';
import { matchString } from './string-matcher.js';
import { anyOf, not, type Ternary, unsupported } from './ternary.js';

/**
 * Answers a type.matcher.v3.ValueMatcher for a value of a protobuf Struct; undefined stands for one that is not there.
 * A value of another kind than the matcher's never matches. Unknown for a matcher that sets nothing, which Envoy refuses.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/type/matcher/v3/value.proto
 */
export function matchValue(matcher: View, value: unknown, depth = 0): Ternary {
  if (depth > MAX_NESTING) return nestedTooDeep('value matcher');
  const kind = KINDS.find(({ field }) => matcher.has(field));
  return kind === undefined ? unsupported('a value matcher without a pattern') : kind.match(matcher, value, depth + 1);
}

/**
 * Answers a type.matcher.v3.MetadataMatcher; `metadata` gives a filter's Struct by the filter's name, undefined where there is none.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/type/matcher/v3/metadata.proto
 */
export function matchMetadata(matcher: View, metadata: (filter: string) => unknown): Ternary {
  const wanted = matcher.get('value');
  if (wanted === undefined) return unsupported('a metadata matcher without a value');
  const path = matcher.list('path').map(segment => segment.string('key') ?? '');
  const result = matchValue(wanted, valueAt(metadata(matcher.string('filter') ?? ''), path));
  return matcher.boolean('invert') ? not(result) : result;
}

interface Kind {
  readonly field: string;
  readonly match: (matcher: View, value: unknown, depth: number) => Ternary;
}

const KINDS: readonly Kind[] = [
  { field: 'null_match', match: (_, value) => value === null },
  { field: 'double_match', match: (matcher, value) => typeof value === 'number' && matchDouble(matcher, value) },
  { field: 'string_match', match: (matcher, value) => typeof value === 'string' && matchText(matcher, value) },
  { field: 'bool_match', match: (matcher, value) => value === matcher.boolean('bool_match') },
  { field: 'present_match', match: (matcher, value) => matcher.boolean('present_match') && value !== undefined },
  { field: 'list_match', match: matchList },
  { field: 'or_match', match: matchAny },
];

function matchDouble(matcher: View, value: number): boolean {
  const double = matcher.get('double_match');
  const range = double?.get('range');
  if (range === undefined) return value === (double?.number('exact') ?? 0);
  return (range.number('start') ?? 0) <= value && value < (range.number('end') ?? 0);
}

function matchText(matcher: View, value: string): Ternary {
  const text = matcher.get('string_match');
  return text === undefined ? unsupported('a string matcher without a pattern') : matchString(text, value).result;
}

function matchList(matcher: View, value: unknown, depth: number): Ternary {
  const oneOf = matcher.path('list_match', 'one_of');
  if (oneOf === undefined) return unsupported('a list matcher without a pattern');
  return Array.isArray(value) && anyOf(value, item => matchValue(oneOf, item, depth));
}

function matchAny(matcher: View, value: unknown, depth: number): Ternary {
  return anyOf(matcher.get('or_match')?.list('value_matchers') ?? [], item => matchValue(item, value, depth));
}

/** A path that is empty, or leads through something else than a Struct, gives nothing. */
function valueAt(struct: unknown, path: readonly string[]): unknown {
  if (path.length === 0) return undefined;
  return path.reduce<unknown>(
    (value, key) => (isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined),
    struct,
  );
}
