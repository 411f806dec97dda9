import type { View } from '../model/view.js';
import type { HeaderLookup } from './header.js';
import { int64Range } from './int64-range.js';
import { stringTest } from './string-matcher.js';
import { type StringTest, subjectOf, testString } from './string-test.js';
import { not, type Outcome, type Unknown } from './ternary.js';

/**
 * Answers a route.v3.CookieMatcher. Unlike a header's, an absent cookie matches under `invert_match`. Cookie values are never printed.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/route/v3/route_components.proto (CookieMatcher)
 */
export function matchCookie(matcher: View, headers: HeaderLookup): Outcome {
  const name = matcher.string('name') ?? '';
  const sent = parseCookies(headers('cookie') ?? '').get(name);
  const isInverted = matcher.boolean('invert_match');
  const test = cookieTest(matcher);
  const presence = `cookie ${name} is ${sent === undefined ? 'absent' : 'present'}`;
  if (test === 'present') {
    const isAsked = (sent !== undefined) === matcher.boolean('present_match', true);
    return { result: isAsked !== isInverted, why: presence };
  }
  const value = sent ?? (matcher.boolean('treat_missing_cookie_as_empty') ? '' : undefined);
  if (value === undefined) return { result: isInverted, why: presence };
  const { result, why } = testString(test, value, subjectOf(`cookie ${name}`));
  return isInverted
    ? { result: not(result), why: result === true ? `${why}, which invert_match excludes` : why }
    : { result, why };
}

/** Cookies by name, the first of each. */
export function parseCookies(header: string): Map<string, string> {
  return new Map(cookiesIn(header).reverse());
}

/** Names and values of cookies in their order; quotes around a value are dropped, and what has no `=` is skipped. */
export function cookiesIn(header: string): [name: string, value: string][] {
  return header.split(';').flatMap((part): [string, string][] => {
    const equals = part.indexOf('=');
    const name = part.slice(0, equals).replace(/^ +/, '');
    return equals < 0 ? [] : [[name, part.slice(equals + 1).replace(/^"(.*)"$/s, '$1')]];
  });
}

function cookieTest(matcher: View): StringTest | Unknown | 'present' {
  const string = matcher.get('string_match');
  if (string !== undefined) return stringTest(string);
  const range = matcher.get('range_match');
  return range === undefined ? 'present' : int64Range(range);
}
