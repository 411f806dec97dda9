import type { View } from '../model/view.js';
import { stringTest } from './string-matcher.js';
import { exactly, matchingRegex, type StringTest, subjectOf, testString } from './string-test.js';
import type { Outcome, Unknown } from './ternary.js';

/**
 * The query parameters of a path as Envoy's router reads them: the first value of each name, nothing percent-decoded, `+` kept; a name
 * without `=` has the empty value.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/route/v3/route_components.proto#config-route-v3-queryparametermatcher
 */
export function parseQuery(path: string): Map<string, string> {
  const parameters = new Map<string, string>();
  const start = path.indexOf('?');
  if (start < 0 || start === path.length - 1) return parameters;
  for (const parameter of path.slice(start + 1).split('&')) {
    const equals = parameter.indexOf('=');
    const name = equals < 0 ? parameter : parameter.slice(0, equals);
    if (!parameters.has(name)) parameters.set(name, equals < 0 ? '' : parameter.slice(equals + 1));
  }
  return parameters;
}

/**
 * The first value of a query parameter of a path, names and values percent-decoded, as the inputs of matcher trees see it and the
 * router's own query matchers do not; `+` stays.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/type/matcher/v3/http_inputs.proto#type-matcher-v3-httprequestqueryparammatchinput
 */
export function decodedParameter(path: string, name: string): string | undefined {
  const found = [...parseQuery(path)].find(([key]) => percentDecoded(key) === name);
  return found === undefined ? undefined : percentDecoded(found[1]);
}

function percentDecoded(text: string): string {
  return text.replace(/(?:%[\da-f]{2})+/gi, escaped =>
    Buffer.from(escaped.replaceAll('%', ''), 'hex').toString('utf8'),
  );
}

/**
 * Answers a route.v3.QueryParameterMatcher, or v2's `value` and `regex`, for the parameters of parseQuery. Without a specifier the
 * parameter must be there.
 */
export function matchQuery(matcher: View, query: ReadonlyMap<string, string>): Outcome {
  const name = matcher.string('name') ?? '';
  const value = query.get(name);
  const subject = subjectOf(`query parameter ${name}`);
  const presence = `${subject.name} is ${value === undefined ? 'absent' : 'present'}`;
  if (matcher.has('present_match')) {
    return { result: (value !== undefined) === matcher.boolean('present_match'), why: presence };
  }
  const test = queryTest(matcher);
  if (value === undefined || test === null) return { result: value !== undefined, why: presence };
  return testString(test, value, subject);
}

function queryTest(matcher: View): StringTest | Unknown | null {
  const string = matcher.get('string_match');
  if (string !== undefined) return stringTest(string);
  const value = matcher.string('value') ?? '';
  if (value === '') return null;
  return matcher.boolean('regex') ? matchingRegex(value, 'ecmascript') : exactly(value);
}
