import type { HeaderLookup } from '../match/header.js';
import { isInternalRequest, remoteAddress, trustsNobody, usesRemoteAddress } from './remote-address.js';
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
      case 'x-forwarded-for':
        return forwardedFor(trace);
      case 'x-forwarded-port':
        return forwardedPort(trace);
      case 'x-envoy-external-address':
        return externalAddress(trace);
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
  const sent = trace.http?.headers.get('x-forwarded-proto');
  return overwrittenScheme(trace) ?? (sent === undefined || trustsNobody(trace) ? schemeOf(trace) : sent);
}

/** An edge proxy appends the client's address, unless it is told to skip that. */
function forwardedFor(trace: Tracing): string | undefined {
  const sent = trace.http?.headers.get('x-forwarded-for');
  const { ip } = trace.request.from;
  const appends = usesRemoteAddress(trace) && trace.terminal?.config.boolean('skip_xff_append') !== true;
  if (!appends || ip === undefined) return sent;
  return sent === undefined ? ip : `${sent},${ip}`;
}

function forwardedPort(trace: Tracing): string | undefined {
  const sent = trace.http?.headers.get('x-forwarded-port');
  const appends = trace.terminal?.config.boolean('append_x_forwarded_port') === true;
  return appends && (sent === undefined || trustsNobody(trace)) ? String(trace.request.port) : sent;
}

/** Set by the edge for requests from outside. */
function externalAddress(trace: Tracing): string | undefined {
  if (!usesRemoteAddress(trace) || isInternalRequest(trace)) return trace.http?.headers.get('x-envoy-external-address');
  return remoteAddress(trace);
}

/** `scheme_header_transformation` sets `:scheme` and x-forwarded-proto. */
function overwrittenScheme({ terminal }: Tracing): string | undefined {
  return terminal?.config.get('scheme_header_transformation')?.string('scheme_to_overwrite') || undefined;
}

/**
 * `:scheme`: what the connection manager overwrites it with; over HTTP/1, which sends none, x-forwarded-proto where it is a scheme; else the
 * connection's own (source/common/http/conn_manager_utility.cc, mutateRequestHeaders).
 */
export function requestScheme(trace: Tracing): string {
  const forwarded = forwardedProto(trace);
  const isTold = trace.request.protocol === 'http' && /^https?$/i.test(forwarded);
  return overwrittenScheme(trace) ?? (isTold ? forwarded : schemeOf(trace));
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
  return /^application\/grpc($|\+)/.test(sent ?? '');
}
