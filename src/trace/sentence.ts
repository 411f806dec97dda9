import { clusterParts } from '../model/services.js';
import { grpcStatusOf, grpcStatusText, isGrpcAnswer } from './grpc.js';
import type { ResolvedRequest } from './request.js';
import type { Outcome } from './result.js';
import type { Tracing } from './tracing.js';

/** The verdict of one branch in one sentence that a newcomer understands. */
export function sentenceOf(trace: Tracing): string {
  const { end, conditions } = trace;
  if (end === null) return '';
  const condition = conditions.length === 0 ? '' : `, if ${[...new Set(conditions)].join(' and ')}`;
  return `${opening(trace, end.outcome)}${condition}.`;
}

function opening(trace: Tracing, outcome: Outcome): string {
  const { end, request } = trace;
  const because = end?.because ?? '';
  switch (outcome) {
    case 'forwarded':
      return `Forwarded to ${forwardedTo(trace)}`;
    case 'passthrough':
      return `Passed through ${because}`;
    case 'blackholed':
      return `Dropped: ${because}`;
    case 'responded':
      return `Envoy answers ${answer(trace)} itself: ${because}`;
    case 'closed':
      return `${closing(end?.reason ?? null, request)}: ${because}`;
    default:
      return `Not decided by what is at hand: ${because}`;
  }
}

/** The client's half of a path that goes on at another proxy, without a full stop. */
export function describeForwarding(trace: Tracing): string {
  return sentenceOf(trace).replace(/\.$/, '');
}

/** Where a forwarded request goes: `reviews.default.svc.cluster.local port 8888, subset v1, endpoint 10.244.1.13:9080`. */
export function forwardedTo({ cluster, end }: Tracing): string {
  return `${describeCluster(cluster)}, ${end?.because ?? ''}`;
}

function closing(reason: string | null, request: ResolvedRequest): string {
  return reason === 'no_listener' && request.direction === 'gateway'
    ? 'The connection is refused'
    : 'Envoy closes the connection';
}

/** Over gRPC the status stands in the place of the code; a fault that gives one itself (with 200) tells it in its reason. */
function answer(trace: Tracing): string {
  const { end } = trace;
  const flag = end?.responseFlag;
  const code = end?.responseCode ?? null;
  const saysItself = end?.reason === 'fault_abort' && code === 200;
  const grpc = code === null || saysItself || !isGrpcAnswer(trace) ? null : grpcStatusText(grpcStatusOf(code));
  const notes = [
    ...(grpc === null ? [] : [`HTTP 200, in the place of ${code}`]),
    ...(flag === null || flag === undefined ? [] : [flag]),
  ];
  return `${grpc === null ? (code ?? 'the request') : `grpc-status ${grpc}`}${notes.length === 0 ? '' : ` (${notes.join('; ')})`}`;
}

/** Istio's cluster name in words: `reviews.default.svc.cluster.local port 8888, subset v1`. */
function describeCluster(name: string | null): string {
  const parts = name === null ? null : clusterParts(name);
  if (name === null || parts === null) return name === null ? 'no cluster' : `cluster ${name}`;
  if (parts.direction === 'inbound') return `the application behind this proxy, port ${parts.port}`;
  return `${parts.host} port ${parts.port}${parts.subset === '' ? '' : `, subset ${parts.subset}`}`;
}
