import { clusterThresholds } from '../../model/circuit-breakers.js';
import { placeIn } from '../evidence.js';
import type { Tracing } from '../tracing.js';

/**
 * A limit of 0 decides without any load: no request may wait for a connection (`max_pending_requests`), none may be under way
 * (`max_requests`, HTTP), none may be connected (`max_connections`; over HTTP a host’s first connection is always made). True where the
 * request ends so. https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/upstream/circuit_breaking
 */
export function overflows(trace: Tracing): boolean {
  const { clusterResource } = trace;
  if (clusterResource === null) return false;
  const thresholds = clusterThresholds(clusterResource.view, priorityOf(trace));
  const limits = ['max_pending_requests', trace.isTcp ? 'max_connections' : 'max_requests'];
  const closed = limits.find(limit => thresholds?.number(limit) === 0);
  if (thresholds === undefined || closed === undefined) return false;
  const why = `the circuit breaker ${closed} of cluster ${trace.cluster ?? ''} is 0: it is always open`;
  trace.step('endpoints', 'rejected', { name: trace.cluster, ...placeIn(clusterResource, thresholds.pointer), why });
  trace.finish('overflow', why);
  return true;
}

/** The resource priority of a route; connections have the default one. */
function priorityOf({ isTcp, route }: Tracing): string {
  return isTcp ? 'DEFAULT' : (route?.get('route')?.string('priority') ?? 'DEFAULT');
}
