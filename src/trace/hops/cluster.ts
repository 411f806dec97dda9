import { needsInput } from '../../match/ternary.js';
import { formatSocket } from '../../model/address.js';
import { clusterThresholds } from '../../model/circuit-breakers.js';
import { clusterType } from '../../model/cluster-kind.js';
import type { Resource } from '../../model/resource.js';
import type { View } from '../../model/view.js';
import { clusterNotFoundCode } from '../cluster-not-found.js';
import { isBefore } from '../envoy-version.js';
import { evidenceIn, evidenceOf, istioctl } from '../evidence.js';
import { nearClusters } from '../near-clusters.js';
import { loopAt, ownCapturePort } from '../own-address.js';
import { passThrough } from '../pass-through.js';
import type { Evidence } from '../result.js';
import type { Tracing } from '../tracing.js';

/** Istio's clusters for what the mesh does not know: https://istio.io/latest/docs/tasks/traffic-management/egress/egress-control/ */
const PASSTHROUGH = /^(Inbound)?PassthroughCluster(Ipv[46])?$/;
const BLACKHOLE = 'BlackHoleCluster';

/** The chosen cluster: missing, black hole, passthrough, or a real one. */
export function cluster(trace: Tracing): void {
  const name = trace.cluster;
  if (name === null) return;
  const found = trace.proxy.find('cluster', name);
  if (name === BLACKHOLE) {
    blackhole(trace, found);
    return;
  }
  if (PASSTHROUGH.test(name)) {
    passthrough(trace, name, found);
    return;
  }
  if (found === undefined) {
    missing(trace, name);
    return;
  }
  trace.clusterResource = found;
  trace.step('cluster', 'matched', {
    name,
    pointer: found.pointer,
    why: `${clusterType(found.view)} cluster${origin(found.view)}`,
    details: describe(found.view),
    evidence: [evidenceOf(found)],
    istioctl: [istioctl.clusters(trace.proxy.name, name)],
  });
}

function blackhole(trace: Tracing, found: Resource | undefined): void {
  const why = 'BlackHoleCluster has no endpoints on purpose: Istio sends there what the mesh does not allow';
  trace.step('cluster', 'matched', {
    name: BLACKHOLE,
    pointer: found?.pointer ?? null,
    why,
    evidence: found === undefined ? [] : [evidenceOf(found)],
  });
  trace.finish('blackhole', why);
}

function passthrough(trace: Tracing, name: string, found: Resource | undefined): void {
  const { ip, port } = trace.request;
  const address = ip === null ? `port ${port} of the original address` : formatSocket(ip, port);
  trace.step('cluster', 'matched', {
    name,
    pointer: found?.pointer ?? null,
    why: `goes on unchanged to ${address}`,
    evidence: found === undefined ? [] : [evidenceOf(found)],
    istioctl: [istioctl.clusters(trace.proxy.name, name)],
  });
  if (ip !== null && ownCapturePort(trace.proxy, address)) {
    trace.finish('loop', loopAt(address));
    return;
  }
  // The inbound chains that lead here have the mesh's mutual TLS and policies all the same.
  const how = name.startsWith('Inbound') ? 'a port that no service of this pod has' : 'without any rule of the mesh';
  passThrough(trace, ip === null ? null : address, `to ${address}, ${how}`);
}

function missing(trace: Tracing, name: string): void {
  const { proxy } = trace;
  if (proxy.has('cluster') !== 'complete') {
    const what =
      proxy.has('cluster') === 'absent' ? 'the clusters section of the dump' : 'the rest of the clusters section';
    trace.undetermined('cluster', needsInput(what), `cluster ${name} is not in the dump, which is not whole`, { name });
    return;
  }
  const waiting = proxy.named('cluster', name)[0];
  const why =
    waiting === undefined
      ? `cluster ${name} does not exist in this Envoy`
      : `cluster ${name} is ${waiting.state === 'error' ? 'rejected' : waiting.state} and does not serve yet`;
  trace.step('cluster', 'rejected', {
    name,
    evidence: waiting === undefined ? namedBy(trace) : [evidenceOf(waiting)],
    why: waiting === undefined ? 'this Envoy has no such cluster' : why,
    candidates: nearClusters(proxy, name),
    istioctl: [istioctl.clusters(proxy.name, name)],
  });
  // NC and `cluster_not_found` exist since Envoy 1.18, which came with Istio 1.10.
  const early = isBefore(proxy, [1, 18], [1, 10]) ? { responseFlag: 'NR', responseCodeDetails: null } : {};
  const action = trace.isTcp ? undefined : trace.route?.get('route');
  trace.finish('no_cluster', why, { ...early, ...(trace.isTcp ? {} : { responseCode: clusterNotFoundCode(action) }) });
}

/** The route, or the network filter, whose choice is not there. */
function namedBy({ route, routeTable, listener, terminal }: Tracing): Evidence[] {
  return route === null
    ? evidenceIn(listener, terminal?.config.pointer)
    : evidenceIn(routeTable?.resource, route.pointer);
}

/** Provenance: the DestinationRule behind a cluster. */
function origin(view: View): string {
  const config = view.path('metadata', 'filter_metadata', 'istio')?.string('config');
  const match = /namespaces\/([^/]+)\/([^/]+)\/([^/]+)$/.exec(config ?? '');
  if (match === null) return '';
  const kind =
    match[2] === 'destination-rule' ? 'DestinationRule' : match[2] === 'virtual-service' ? 'VirtualService' : match[2];
  return `, shaped by ${kind} ${match[1]}/${match[3]}`;
}

/** What Istio's DestinationRules set: https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/cluster/v3/outlier_detection.proto */
const OUTLIER_FIELDS = [
  'consecutive_5xx',
  'consecutive_gateway_failure',
  'split_external_local_origin_errors',
  'consecutive_local_origin_failure',
  'interval',
  'base_ejection_time',
  'max_ejection_percent',
  'enforcing_consecutive_5xx',
  'enforcing_consecutive_gateway_failure',
  'enforcing_consecutive_local_origin_failure',
  'enforcing_success_rate',
];

const LIMITS = ['max_connections', 'max_pending_requests', 'max_requests', 'max_retries', 'max_connection_pools'];

/** Limits that are set, by routing priority; Istio's 2^32 - 1 means none. */
function circuitBreakers(view: View): string[] {
  return ['DEFAULT', 'HIGH'].flatMap(priority => {
    const thresholds = clusterThresholds(view, priority);
    const limits = LIMITS.flatMap(field => {
      const limit = thresholds?.number(field);
      return limit === undefined || limit === 4294967295 ? [] : [`${field} ${limit}`];
    });
    const label = priority === 'DEFAULT' ? 'circuit breakers' : `circuit breakers of priority ${priority}`;
    return limits.length === 0 ? [] : [`${label}: ${limits.join(', ')}`];
  });
}

function describe(view: View): string[] {
  const details: string[] = [];
  const timeout = view.string('connect_timeout');
  if (timeout !== undefined) details.push(`connect timeout ${timeout}`);
  details.push(...circuitBreakers(view));
  const outlier = view.get('outlier_detection');
  if (outlier !== undefined) {
    const settings = OUTLIER_FIELDS.flatMap(field => (outlier.has(field) ? [`${field} ${outlier.string(field)}`] : []));
    details.push(`outlier detection: ${settings.join(', ') || 'defaults'}`);
  }
  return details;
}
