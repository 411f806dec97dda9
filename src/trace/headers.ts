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
        return schemeOf(trace);
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

function schemeOf({ request }: Tracing): string {
  return request.tls === 'plaintext' ? 'http' : 'https';
}

/** Whether Envoy takes the request for gRPC, by its content type. */
export function isGrpc(trace: Tracing): boolean {
  const sent = trace.http?.headers.get('content-type') ?? trace.request.headers.get('content-type')?.[0];
  return /^application\/grpc($|\+|;)/.test(sent ?? '');
}
