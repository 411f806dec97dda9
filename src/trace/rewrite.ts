import { compileRegex } from '../match/regex.js';
import { substitute } from '../match/substitution.js';
import { matchTemplate, rewriteTemplate } from '../match/template.js';
import { extensionOf } from '../model/extension.js';
import type { View } from '../model/view.js';
import { headerLookup } from './headers.js';
import type { Tracing } from './tracing.js';

/** The path with the part that the route matched replaced; a regex or template match is replaced as a whole. */
export function rewritePrefix(path: string, replacement: string, match: View | undefined): string {
  const prefix = match?.string('prefix') ?? match?.string('path_separated_prefix');
  if (prefix === undefined && (match?.has('path') || match?.has('safe_regex') || match?.has('regex')))
    return replacement;
  return replacement + path.slice((prefix ?? '').length);
}

/**
 * What the upstream gets as path: prefix, regex or template rewrite; null where the route does not rewrite it. The query string stays.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/route/v3/route_components.proto#config-route-v3-routeaction
 */
export function rewrittenPath(trace: Tracing, action: View, match: View | undefined): string | null {
  const whole = trace.http?.path ?? '/';
  const cut = whole.indexOf('?');
  const path = cut < 0 ? whole : whole.slice(0, cut);
  const query = cut < 0 ? '' : whole.slice(cut);
  const prefix = action.string('prefix_rewrite');
  if (prefix !== undefined && prefix !== '') return rewritePrefix(path, prefix, match) + query;
  const regex = action.get('regex_rewrite');
  if (regex !== undefined) {
    return (
      compileRegex(regex.get('pattern')?.string('regex') ?? '').replaceAll(path, regex.string('substitution') ?? '') +
      query
    );
  }
  const format = action.string('path_rewrite');
  if (format !== undefined && format !== '') return (substitute(format, headerLookup(trace)) ?? format) + query;
  const template = action.get('path_rewrite_policy');
  const pattern = match?.get('path_match_policy');
  if (template === undefined || pattern === undefined) return null;
  const variables = matchTemplate(extensionOf(pattern).config.string('path_template') ?? '', path);
  return variables === null
    ? null
    : rewriteTemplate(extensionOf(template).config.string('path_template_rewrite') ?? '', variables) + query;
}

/** What the upstream gets as authority; null where the route leaves it, or where it follows the endpoint's own name. */
export function rewrittenHost(trace: Tracing, action: View): string | null {
  const headers = headerLookup(trace);
  const literal = action.string('host_rewrite_literal');
  if (literal !== undefined && literal !== '') return literal;
  const format = action.string('host_rewrite');
  if (format !== undefined && format !== '') return substitute(format, headers) ?? format;
  const name = action.string('host_rewrite_header') ?? action.string('auto_host_rewrite_header');
  if (name !== undefined && name !== '') return headers(name.toLowerCase()) ?? null;
  const regex = action.get('host_rewrite_path_regex');
  if (regex === undefined) return null;
  const path = (trace.http?.path ?? '/').replace(/\?.*$/, '');
  return compileRegex(regex.get('pattern')?.string('regex') ?? '').replaceAll(path, regex.string('substitution') ?? '');
}
