import type { View } from '../model/view.js';
import { asciiLower } from './ascii.js';
import { int64Range } from './int64-range.js';
import { stringTest } from './string-matcher.js';
import {
  beginsWith,
  containing,
  endsWith,
  exactly,
  matchingRegex,
  type StringTest,
  subjectOf,
  testString,
} from './string-test.js';
import { not, type Outcome, type Unknown } from './ternary.js';

/**
 * A header's value by its lower-case name: repeated values joined by commas, undefined when absent, with gaps where Envoy makes it itself
 * (`unknownPart`). Answers pseudo-headers too.
 */
export type HeaderLookup = (name: string) => string | undefined;

/**
 * Answers a route.v3.HeaderMatcher, or v2's. A header that is absent fails even under `invert_match`, unless it is a presence match or
 * `treat_missing_header_as_empty` holds. Without any specifier it asks that the header is present; `exact_match` of the empty string too.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/route/v3/route_components.proto#config-route-v3-headermatcher
 */
export function matchHeader(matcher: View, headers: HeaderLookup): Outcome {
  const name = asciiLower(matcher.string('name') ?? '');
  const subject = subjectOf(`header ${name}`);
  const sent = headers(name);
  const value = sent ?? (matcher.boolean('treat_missing_header_as_empty') ? '' : undefined);
  const isInverted = matcher.boolean('invert_match');
  const test = headerTest(matcher);
  if (test === 'present') {
    const result = (value !== undefined) === (matcher.boolean('present_match', true) !== isInverted);
    return { result, why: `${subject.name} is ${sent === undefined ? 'absent' : 'present'}` };
  }
  if (value === undefined) {
    return {
      result: false,
      why: `${subject.name} is absent${isInverted ? ', which fails even under invert_match' : ''}`,
    };
  }
  const outcome = testString(test, value, subject);
  if (!isInverted) return outcome;
  const excluded = outcome.result === true ? ', which invert_match excludes' : '';
  return { result: not(outcome.result), why: outcome.why + excluded };
}

function headerTest(matcher: View): StringTest | Unknown | 'present' {
  for (const [field, build] of LITERALS) {
    const pattern = matcher.string(field);
    if (pattern !== undefined) return pattern === '' && field === 'exact_match' ? ANY_VALUE : build(pattern);
  }
  const safeRegex = matcher.get('safe_regex_match');
  if (safeRegex !== undefined) return matchingRegex(safeRegex.string('regex') ?? '');
  const regex = matcher.string('regex_match');
  if (regex !== undefined) return matchingRegex(regex, 'ecmascript');
  const range = matcher.get('range_match');
  if (range !== undefined) return int64Range(range);
  const string = matcher.get('string_match');
  return string === undefined ? 'present' : stringTest(string);
}

const LITERALS = [
  ['exact_match', exactly],
  ['prefix_match', beginsWith],
  ['suffix_match', endsWith],
  ['contains_match', containing],
] as const;

const ANY_VALUE: StringTest = { holds: () => true, partly: () => true, positive: 'is present', negative: 'is absent' };
