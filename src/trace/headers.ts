import type { HeaderLookup } from '../match/header.js';
import { isInternalRequest } from './remote-address.js';
import type { Tracing } from './tracing.js';

/** The request's headers as matchers see them: pseudo-headers too, repeated values joined by commas. */
export function headerLookup(trace: Tracing): HeaderLookup {
  const { request, http } = trace;
  return name => {
    switch (name) {
      case ':path':
        return http?.path ?? request.path;
      case ':method':
        return request.method;
      case ':authority':
      case 'host':
        return http?.host ?? request.host ?? undefined;
      case ':scheme':
        return requestScheme(trace);
      case 'x-forwarded-proto':
        return forwardedProto(trace);
      case 'x-envoy-internal':
        return http?.headers.get(name) ?? (isInternalRequest(trace) ? 'true' : undefined);
      default:
        return http?.headers.get(name);
    }
  };
}

/**
 * `x-forwarded-proto`: the client's own, but set from the connection where none came or where `use_remote_address` holds and no hop is trusted.
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_conn_man/headers#x-forwarded-proto
 */
export function forwardedProto(trace: Tracing): string {
  const hcm = trace.terminal?.config;
  const isEdge = hcm?.boolean('use_remote_address') === true && (hcm.number('xff_num_trusted_hops') ?? 0) === 0;
  const sent = trace.http?.headers.get('x-forwarded-proto');
  return sent === undefined || isEdge ? schemeOf(trace) : sent;
}

/**
 * `:scheme`: what the connection manager overwrites it with; over HTTP/1, which sends none, x-forwarded-proto where it is a scheme; else the
 * connection's own (source/common/http/conn_manager_utility.cc, mutateRequestHeaders).
 */
export function requestScheme(trace: Tracing): string {
  const overwritten = trace.terminal?.config.get('scheme_header_transformation')?.string('scheme_to_overwrite');
  if (overwritten !== undefined && overwritten !== '') return overwritten;
  const forwarded = forwardedProto(trace);
  const isTold = trace.request.protocol === 'http' && /^https?$/i.test(forwarded);
  return isTold ? forwarded : schemeOf(trace);
}

/** The first value of a header that is sent several times, as Envoy takes it where it does not trust the client. */
export function firstValue(trace: Tracing, name: string): string | undefined {
  const key = name.toLowerCase();
  const joined = headerLookup(trace)(key);
  const [first] = trace.request.headers.get(key) ?? [];
  return first !== undefined && joined?.startsWith(`${first},`) ? first : joined;
}

function schemeOf({ request }: Tracing): string {
  return request.tls === 'plaintext' ? 'http' : 'https';
}

/** Whether Envoy takes the request for gRPC, by its content type. */
export function isGrpc(trace: Tracing): boolean {
  const sent = trace.http?.headers.get('content-type') ?? trace.request.headers.get('content-type')?.[0];
  return /^application\/grpc($|\+|;)/.test(sent ?? '');
}
