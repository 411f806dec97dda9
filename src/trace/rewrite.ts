import { compileRegex } from '../match/regex.js';
import { substitute } from '../match/substitution.js';
import { matchTemplate, rewriteTemplate } from '../match/template.js';
import { extensionOf } from '../model/extension.js';
import type { View } from '../model/view.js';
import { firstValue, headerLookup } from './headers.js';
import type { Tracing } from './tracing.js';

/** Criteria that match a path as a whole, so that a prefix rewrite replaces all of it. */
const WHOLE = ['safe_regex', 'regex', 'connect_matcher'];

/** The path with the part that the route matched replaced. */
export function rewritePrefix(path: string, replacement: string, match: View | undefined): string {
  const prefix = match?.string('prefix') ?? match?.string('path_separated_prefix') ?? match?.string('path');
  if (prefix === undefined && WHOLE.some(field => match?.has(field))) return replacement;
  return replacement + path.slice((prefix ?? '').length);
}

/** A path and its query string, `?` included. */
export function splitQuery(whole: string): [path: string, query: string] {
  const cut = whole.indexOf('?');
  return cut < 0 ? [whole, ''] : [whole.slice(0, cut), whole.slice(cut)];
}

/**
 * A type.matcher.v3.RegexMatchAndSubstitute on a text, every match replaced; throws PatternError where RE2 refuses the pattern.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/type/matcher/v3/regex.proto
 */
export function substituteRegex(regex: View, text: string): string {
  const pattern = regex.get('pattern')?.string('regex') ?? '';
  return compileRegex(pattern).replaceAll(text, regex.string('substitution') ?? '');
}

/**
 * What the upstream gets as path: prefix, regex, formatted or template rewrite; null where the route does not rewrite it. The query string stays.
 * Throws PatternError where Envoy would refuse the pattern.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/route/v3/route_components.proto#config-route-v3-routeaction
 */
export function rewrittenPath(trace: Tracing, action: View, match: View | undefined): string | null {
  const prefix = action.string('prefix_rewrite') || undefined;
  const regex = action.get('regex_rewrite');
  const format = action.string('path_rewrite') || undefined;
  const template = action.get('path_rewrite_policy');
  const pattern = match?.get('path_match_policy');
  if ((prefix ?? regex ?? format ?? template) === undefined) return null;
  const [path, query] = splitQuery(trace.http?.path ?? '/');
  if (prefix !== undefined) return rewritePrefix(path, prefix, match) + query;
  if (regex !== undefined) return substituteRegex(regex, path) + query;
  if (format !== undefined) return (substitute(format, headerLookup(trace)) ?? format) + query;
  if (template === undefined || pattern === undefined) return null;
  const variables = matchTemplate(extensionOf(pattern).config.string('path_template') ?? '', path);
  return variables === null
    ? null
    : rewriteTemplate(extensionOf(template).config.string('path_template_rewrite') ?? '', variables) + query;
}

/**
 * What the upstream gets as authority; null where it stays, or where it follows the endpoint's own name. The weighted cluster's literal is
 * written first, so that the route's own rewrite wins; a rewrite to nothing is none
 * (source/common/router/config_impl.cc, finalizeHostHeader). Throws PatternError where Envoy would refuse the pattern.
 */
export function rewrittenHost(trace: Tracing, action: View, weighted: View | null): string | null {
  return ownHost(trace, action) || weighted?.string('host_rewrite_literal') || null;
}

function ownHost(trace: Tracing, action: View): string | undefined {
  const literal = action.string('host_rewrite_literal');
  if (literal !== undefined && literal !== '') return literal;
  const format = action.string('host_rewrite');
  if (format !== undefined && format !== '') return substitute(format, headerLookup(trace)) ?? format;
  const name = action.string('host_rewrite_header') ?? action.string('auto_host_rewrite_header');
  if (name !== undefined && name !== '') return firstValue(trace, name);
  const regex = action.get('host_rewrite_path_regex');
  return regex === undefined ? undefined : substituteRegex(regex, splitQuery(trace.http?.path ?? '/')[0]);
}
