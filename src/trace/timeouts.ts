import type { View } from '../model/view.js';
import { durationMilliseconds } from '../model/view.js';
import { firstValue, headerLookup, isGrpc } from './headers.js';
import { httpFilterOf } from './http-filter-of.js';
import type { Tracing } from './tracing.js';

const DEFAULT = '15s';

/**
 * The time that Envoy gives the upstream for the whole answer, as a duration; `0s` is without end. In Envoy's order: a request header
 * (that of an outside client is removed at the edge), `max_stream_duration`, for gRPC the older `max_grpc_timeout`, the route's own, 15s.
 * https://www.envoyproxy.io/docs/envoy/latest/faq/configuration/timeouts, source/common/router/router.cc (finalTimeout)
 */
export function timeoutOf(trace: Tracing, action: View): string {
  const asked = askedTimeout(trace);
  if (asked !== null) return duration(asked);
  const stream = action.get('max_stream_duration');
  if (stream !== undefined) return streamLimit(trace, stream);
  if (isGrpc(trace) && action.has('max_grpc_timeout'))
    return grpcLimit(trace, action.raw('max_grpc_timeout'), action.raw('grpc_timeout_offset'));
  return action.string('timeout') ?? DEFAULT;
}

/** The time that an Envoy before this one expects comes first, where the router filter heeds it (`respect_expected_rq_timeout`). */
function askedTimeout(trace: Tracing): number | null {
  const expected = 'x-envoy-expected-rq-timeout-ms';
  const heeds = httpFilterOf(trace, 'router')?.config.boolean('respect_expected_rq_timeout') === true;
  const isExpected = heeds && headerLookup(trace)(expected) !== undefined;
  return integerIn(trace, isExpected ? expected : 'x-envoy-upstream-rq-timeout-ms');
}

/** The integer that a header holds; null where it holds none, or several. */
export function integerIn(trace: Tracing, header: string): number | null {
  const value = headerLookup(trace)(header);
  return value !== undefined && /^\d+$/.test(value) ? Number(value) : null;
}

/** A limit for the stream switches the route's own timeout off; where it sets none, the connection manager's counts. */
function streamLimit(trace: Tracing, stream: View): string {
  if (stream.has('grpc_timeout_header_max') && grpcTimeout(trace) !== null)
    return grpcLimit(trace, stream.raw('grpc_timeout_header_max'), stream.raw('grpc_timeout_header_offset'));
  const manager = trace.terminal?.config.get('common_http_protocol_options')?.string('max_stream_duration');
  return stream.string('max_stream_duration') ?? manager ?? '0s';
}

/** The client's grpc-timeout less the offset, up to a limit; neither is without end where it is 0. */
function grpcLimit(trace: Tracing, limit: unknown, offset: unknown): string {
  const most = durationMilliseconds(limit) ?? 0;
  const less = durationMilliseconds(offset) ?? 0;
  const asked = grpcTimeout(trace) ?? 0;
  const wanted = less < asked ? asked - less : asked;
  return duration(most !== 0 && (wanted === 0 || wanted > most) ? most : wanted);
}

const UNITS: Readonly<Record<string, number>> = { H: 3_600_000, M: 60_000, S: 1000, m: 1, u: 1e-3, n: 1e-6 };

/** `grpc-timeout` in milliseconds: up to eight digits and a unit (https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md). */
function grpcTimeout(trace: Tracing): number | null {
  const match = /^(\d{1,8})([HMSmun])$/.exec(firstValue(trace, 'grpc-timeout') ?? '');
  return match === null ? null : Math.ceil(Number(match[1]) * (UNITS[match[2] ?? ''] ?? 1));
}

/** Milliseconds as Envoy writes a duration: `0.25s`. */
export function duration(milliseconds: number): string {
  return `${milliseconds / 1000}s`;
}
