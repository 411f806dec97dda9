import { isGrpc } from './headers.js';
import type { Tracing } from './tracing.js';

/** gRPC's names of the statuses that Envoy makes of HTTP codes. */
const NAMES: Readonly<Record<number, string>> = {
  2: 'UNKNOWN',
  7: 'PERMISSION_DENIED',
  12: 'UNIMPLEMENTED',
  13: 'INTERNAL',
  14: 'UNAVAILABLE',
  16: 'UNAUTHENTICATED',
};

const UNKNOWN = 2;

const STATUS_OF_CODE: Readonly<Record<number, number>> = {
  400: 13,
  401: 16,
  403: 7,
  404: 12,
  429: 14,
  502: 14,
  503: 14,
  504: 14,
};

/** Whether the end is an answer that Envoy makes in the form of gRPC. The CORS filter's is always plain HTTP. */
export function isGrpcAnswer(trace: Tracing): boolean {
  const { end } = trace;
  const hasCode = end !== null && end.responseCode !== null;
  return hasCode && end.outcome !== 'forwarded' && end.reason !== 'cors_preflight' && isGrpc(trace);
}

/**
 * The grpc-status that Envoy sends for an answer of its own, whose HTTP code is then 200, redirects and direct responses among them.
 * https://github.com/grpc/grpc/blob/master/doc/http-grpc-status-mapping.md; source/common/http/utility.cc, sendLocalReply
 */
export function grpcStatusOf(code: number): number {
  return STATUS_OF_CODE[code] ?? UNKNOWN;
}

/** `14 UNAVAILABLE`. */
export function grpcStatusText(status: number): string {
  const name = NAMES[status];
  return name === undefined ? String(status) : `${status} ${name}`;
}
