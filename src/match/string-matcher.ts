import { extensionOf } from '../model/extension.js';
import type { View } from '../model/view.js';
import {
  beginsWith,
  containing,
  endsWith,
  exactly,
  matchingRegex,
  type StringTest,
  type Subject,
  testString,
} from './string-test.js';
import { type Outcome, type Unknown, unsupported, unsupportedExtension } from './ternary.js';

/**
 * Answers a type.matcher.v3.StringMatcher (v2's `regex` too) for a value; `why` names the value, or the subject where one is given.
 * Unknown for a `custom` matcher, for a pattern that RE2 refuses, and for a matcher that sets nothing, which Envoy refuses: a dump that
 * drops zero values can show so an `exact` of the empty string, and nothing tells the two apart.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/type/matcher/v3/string.proto
 */
export function matchString(matcher: View, value: string, subject?: Subject): Outcome {
  return testString(stringTest(matcher), value, subject);
}

/** The test that a StringMatcher asks for. `ignore_case` has no effect on a regex. */
export function stringTest(matcher: View): StringTest | Unknown {
  const ignoreCase = matcher.boolean('ignore_case');
  for (const [field, build] of LITERALS) {
    const pattern = matcher.string(field);
    if (pattern !== undefined) return build(pattern, ignoreCase);
  }
  const safeRegex = matcher.get('safe_regex');
  if (safeRegex !== undefined) return matchingRegex(safeRegex.string('regex') ?? '');
  const regex = matcher.string('regex');
  if (regex !== undefined) return matchingRegex(regex, 'ecmascript');
  const custom = matcher.get('custom');
  if (custom === undefined) return unsupported('a string matcher without a pattern');
  return unsupportedExtension('string matcher', extensionOf(custom));
}

const LITERALS = [
  ['exact', exactly],
  ['prefix', beginsWith],
  ['suffix', endsWith],
  ['contains', containing],
] as const;
