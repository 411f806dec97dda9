import { compileRegex } from '../match/regex.js';
import type { View } from '../model/view.js';
import { forwardedProto } from './headers.js';
import { rewritePrefix } from './rewrite.js';
import type { Tracing } from './tracing.js';

const CODES: Record<string, number> = {
  MOVED_PERMANENTLY: 301,
  FOUND: 302,
  SEE_OTHER: 303,
  TEMPORARY_REDIRECT: 307,
  PERMANENT_REDIRECT: 308,
};

/**
 * The URL and code that a redirect action answers with.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/route/v3/route_components.proto#config-route-v3-redirectaction
 */
export function redirectOf(trace: Tracing, redirect: View, match: View | undefined): { url: string; code: number } {
  const scheme = schemeOf(trace, redirect);
  const port = redirect.number('port_redirect');
  const host = redirect.string('host_redirect') || requestHost(trace, scheme, port !== undefined);
  const path = pathOf(trace, redirect, match);
  const code = CODES[redirect.string('response_code') ?? ''] ?? 301;
  return { url: `${scheme}://${host}${port === undefined ? '' : `:${port}`}${path}`, code };
}

function schemeOf(trace: Tracing, redirect: View): string {
  const given = redirect.string('scheme_redirect');
  if (given !== undefined && given !== '') return given;
  return redirect.boolean('https_redirect') ? 'https' : forwardedProto(trace);
}

/** The request's host; its port goes where another is set, or where the scheme changes and it was the old scheme's own. */
function requestHost(trace: Tracing, scheme: string, hasPort: boolean): string {
  const host = trace.http?.host ?? '';
  const match = /^(\[[^\]]*\]|[^:]*):(\d+)$/.exec(host);
  if (match === null) return host;
  const from = forwardedProto(trace);
  const isOwn = (from === 'http' && match[2] === '80') || (from === 'https' && match[2] === '443');
  return hasPort || (scheme !== from && isOwn) ? (match[1] ?? host) : host;
}

function pathOf(trace: Tracing, redirect: View, match: View | undefined): string {
  const whole = trace.http?.path ?? '/';
  const cut = whole.indexOf('?');
  const path = cut < 0 ? whole : whole.slice(0, cut);
  const query = cut < 0 || redirect.boolean('strip_query') ? '' : whole.slice(cut);
  const replaced = redirect.string('path_redirect');
  if (replaced !== undefined && replaced !== '') return replaced.includes('?') ? replaced : replaced + query;
  const regex = redirect.get('regex_rewrite');
  if (regex !== undefined)
    return (
      compileRegex(regex.get('pattern')?.string('regex') ?? '').replaceAll(path, regex.string('substitution') ?? '') +
      query
    );
  const prefix = redirect.string('prefix_rewrite');
  return (prefix === undefined ? path : rewritePrefix(path, prefix, match)) + query;
}
