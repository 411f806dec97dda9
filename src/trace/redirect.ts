import type { View } from '../model/view.js';
import { forwardedProto, requestScheme } from './headers.js';
import { rewritePrefix, splitQuery, substituteRegex } from './rewrite.js';
import type { Tracing } from './tracing.js';

const CODES: Record<string, number> = {
  MOVED_PERMANENTLY: 301,
  FOUND: 302,
  SEE_OTHER: 303,
  TEMPORARY_REDIRECT: 307,
  PERMANENT_REDIRECT: 308,
};

/**
 * The URL and code that a redirect action answers with. Throws PatternError where Envoy would refuse its pattern.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/route/v3/route_components.proto#config-route-v3-redirectaction
 */
export function redirectOf(trace: Tracing, redirect: View, match: View | undefined): { url: string; code: number } {
  const scheme = schemeOf(trace, redirect);
  const port = redirect.number('port_redirect') || null;
  const host = redirect.string('host_redirect') || requestHost(trace, scheme, port !== null);
  const path = pathOf(trace, redirect, match);
  const code = CODES[redirect.string('response_code') ?? ''] ?? 301;
  const slash = path.startsWith('/') ? '' : '/';
  return { url: `${scheme}://${host}${port === null ? '' : `:${port}`}${slash}${path}`, code };
}

function schemeOf(trace: Tracing, redirect: View): string {
  const given = redirect.string('scheme_redirect');
  if (given !== undefined && given !== '') return given;
  return redirect.boolean('https_redirect') ? 'https' : requestScheme(trace);
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

/** A path that brings its own query string keeps it, whatever `strip_query` says. */
function pathOf(trace: Tracing, redirect: View, match: View | undefined): string {
  const [path, sent] = splitQuery(trace.http?.path ?? '/');
  const query = redirect.boolean('strip_query') ? '' : sent;
  const replaced = redirect.string('path_redirect') ?? '';
  if (replaced !== '') return replaced.includes('?') ? replaced : replaced + query;
  const regex = redirect.get('regex_rewrite');
  if (regex !== undefined) return (substituteRegex(regex, path) || path) + query;
  const prefix = redirect.string('prefix_rewrite') ?? '';
  return (prefix === '' ? path : rewritePrefix(path, prefix, match)) + query;
}
