import type { HeaderLookup } from '../match/header.js';
import type { View } from '../model/view.js';
import { changeResponseHeaders } from './header-changes.js';
import { headerLookup } from './headers.js';
import type { Tracing } from './tracing.js';

/** Headers at the end of a trace. */
export interface FinalHeaders {
  /** The request's, as the upstream gets them. */
  readonly request: HeaderLookup;
  /** The response's, as the client gets them. */
  readonly response: HeaderLookup;
  /** The response's without those that Envoy gives its own answer. */
  readonly configuredResponse: HeaderLookup;
}

/**
 * The headers after all that the route does to them. `answered` are those of the upstream's response, by lower-case name; where Envoy answers
 * itself, its own come first.
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_conn_man/headers#custom-request-response-headers
 */
export function finalHeaders(trace: Tracing, answered: ReadonlyMap<string, string> = new Map()): FinalHeaders {
  const sent = headerLookup(trace);
  const request: HeaderLookup = name => {
    if (name === ':path') return trace.rewrite.path ?? sent(name);
    return name === ':authority' || name === 'host' ? (trace.rewrite.host ?? sent(name)) : sent(name);
  };
  const own = localReplyHeaders(trace.route?.get('direct_response'));
  return {
    request,
    response: responseLookup(trace, [...answered, ...own]),
    configuredResponse: responseLookup(trace, [...answered]),
  };
}

function responseLookup(trace: Tracing, before: readonly [string, string][]): HeaderLookup {
  const headers = new Map(before);
  changeResponseHeaders(trace, headers);
  return name => headers.get(name);
}

/** Envoy's own answer has a type and a length where it has a body (source/common/http/utility.cc, sendLocalReply). */
function localReplyHeaders(direct: View | undefined): [string, string][] {
  const length = bodyLength(direct?.get('body'));
  if (length === 0) return [];
  return [
    ['content-length', String(length)],
    ['content-type', 'text/plain'],
  ];
}

/** Bytes of a DataSource that stands in the configuration itself. */
function bodyLength(body: View | undefined): number {
  const bytes = body?.string('inline_bytes');
  if (bytes !== undefined) return Buffer.from(bytes, 'base64').length;
  return Buffer.byteLength(body?.string('inline_string') ?? '');
}
