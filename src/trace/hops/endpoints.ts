import { needsInput } from '../../match/ternary.js';
import { formatSocket } from '../../model/address.js';
import { clusterType, type Host } from '../../model/hosts.js';
import type { View } from '../../model/view.js';
import { evidenceOf, istioctl } from '../evidence.js';
import { type UsableHosts, usableHosts } from '../hosts.js';
import { balance } from '../load-balancing.js';
import { percent } from '../percent.js';
import type { Tracing } from '../tracing.js';
import { socketFor } from './upstream-tls.js';

const DEFAULT_PANIC_THRESHOLD = 50;

/** Where the request goes in the end: each endpoint with its health and its share, or why there is none. */
export function endpoints(trace: Tracing): void {
  const { clusterResource } = trace;
  if (clusterResource === null) return;
  const { view } = clusterResource;
  const type = clusterType(view);
  if (type === 'ORIGINAL_DST' || /original_dst/.test(type)) {
    originalDestination(trace, view);
    return;
  }
  if (/dynamic_forward_proxy/.test(type)) {
    resolvedAtRunTime(
      trace,
      `the host ${trace.rewrite.host ?? trace.http?.host ?? trace.connection.sni ?? ''} is resolved by DNS at run time`,
    );
    return;
  }
  const usable = usableHosts(trace);
  if (usable.isUnknown) missingEndpoints(trace);
  else if (/DNS/i.test(type) && usable.withoutStatus)
    resolvedAtRunTime(trace, `${hostNames(usable.hosts)} is resolved by DNS at run time`);
  else pick(trace, view, usable);
}

/** A dump taken without `include_eds` does not hold what EDS brought. */
function missingEndpoints(trace: Tracing): void {
  const why = 'the dump holds no endpoints: fetch it again with /config_dump?include_eds, or add /clusters?format=json';
  trace.undetermined('endpoints', needsInput('the endpoints (config_dump?include_eds or /clusters?format=json)'), why, {
    istioctl: [istioctl.endpoints(trace.proxy.name, trace.cluster ?? '')],
  });
}

function pick(trace: Tracing, cluster: View, usable: UsableHosts): void {
  const lb = cluster.get('common_lb_config');
  const threshold = lb?.get('healthy_panic_threshold');
  const result = balance(usable.hosts, {
    panicThreshold: threshold === undefined ? DEFAULT_PANIC_THRESHOLD : (threshold.number('value') ?? 0),
    failTrafficOnPanic: lb?.get('zone_aware_lb_config')?.boolean('fail_traffic_on_panic') === true,
    overprovisioningFactor: usable.overprovisioningFactor,
    byLocalityWeight: lb?.has('locality_weighted_lb_config') === true,
  });
  trace.endpoints = usable.hosts.map((host, i) => ({
    address: host.address,
    health: host.status,
    priority: host.priority,
    locality: host.locality,
    share: round(result.shares[i] ?? 0),
    tls: socketFor(cluster, host).mode,
    weight: host.weight,
  }));
  const tunnel = tunnelOf(usable.hosts, result.shares);
  trace.internalDestination = tunnel.destination;
  trace.tunnelTo = tunnel.waypoint;
  const common = {
    name: trace.cluster,
    pointer: usable.source?.pointer ?? null,
    details: trace.endpoints.map(
      ({ address, health, share, locality, priority }) =>
        `${address} ${health}${locality === '' ? '' : ` ${locality}`}${priority === 0 ? '' : `, priority ${priority}`}, ${percent(share)}`,
    ),
    evidence: usable.source === null ? [] : [evidenceOf(usable.source)],
    istioctl: [istioctl.endpoints(trace.proxy.name, trace.cluster ?? '')],
  };
  const subset = usable.subset === null ? '' : ` (${usable.subset})`;
  if (result.isEmpty) {
    trace.step('endpoints', 'rejected', { ...common, why: `${result.why}${subset}` });
    trace.finish('no_healthy_upstream', `${result.why}${subset}`);
    return;
  }
  if (usable.withoutStatus)
    trace.assumptions.add(
      'Envoy’s own health checks and outlier detection are not in the dump: health is what EDS says',
    );
  trace.step('endpoints', 'matched', { ...common, why: `${result.why}${subset}` });
  const used = trace.endpoints.filter(({ share }) => share > 0).map(({ address }) => address);
  const panic = result.panicking.length === 0 ? '' : ' in panic mode';
  forwarded(trace, `${used.length <= 3 ? `endpoint ${used.join(' or ')}` : `one of ${used.length} endpoints`}${panic}`);
}

interface Tunnel {
  readonly destination: string | null;
  readonly waypoint: string | null;
}

/** Where an internal listener is to go on to, and through which waypoint, from the metadata of the first endpoint that is used. */
function tunnelOf(hosts: readonly Host[], shares: readonly number[]): Tunnel {
  const host = hosts.find((candidate, i) => candidate.address.startsWith('internal:') && (shares[i] ?? 0) > 0);
  const { local, waypoint } = host?.metadata('envoy.filters.listener.original_dst') ?? {};
  const destination = local ?? host?.metadata('tunnel').destination;
  return {
    destination: typeof destination === 'string' ? destination : null,
    waypoint: typeof waypoint === 'string' ? waypoint : null,
  };
}

/** An original-destination cluster dials where the client wanted to go. */
function originalDestination(trace: Tracing, cluster: View): void {
  const { ip, port } = trace.request;
  const config = cluster.get('original_dst_lb_config');
  const override = config?.number('upstream_port_override');
  const header =
    config?.boolean('use_http_header') === true ? trace.http?.headers.get('x-envoy-original-dst-host') : undefined;
  const known = header ?? (ip === null ? null : formatSocket(ip, override ?? port));
  const address = known ?? `port ${override ?? port} of the original address`;
  trace.endpoints = [
    { address, health: 'UNKNOWN', priority: 0, locality: '', share: 1, tls: socketFor(cluster, null).mode },
  ];
  trace.step('endpoints', 'matched', {
    name: trace.cluster,
    why: known === null ? 'the original destination' : `the original destination, ${known}`,
    istioctl: [istioctl.endpoints(trace.proxy.name, trace.cluster ?? '')],
  });
  forwarded(trace, known === null ? 'at the original destination' : `at the original destination ${known}`);
}

function resolvedAtRunTime(trace: Tracing, why: string): void {
  const hosts = usableHosts(trace).hosts;
  trace.endpoints = hosts.map(host => ({
    address: host.address,
    health: 'UNKNOWN',
    priority: host.priority,
    locality: host.locality,
    share: round(1 / hosts.length),
  }));
  trace.step('endpoints', 'matched', {
    name: trace.cluster,
    why,
    istioctl: [istioctl.endpoints(trace.proxy.name, trace.cluster ?? '')],
  });
  trace.assumptions.add('DNS resolves the cluster’s hosts');
  forwarded(trace, hosts.length === 0 ? 'at what DNS resolves' : `at ${hostNames(hosts)}, resolved by DNS`);
}

function forwarded(trace: Tracing, because: string): void {
  trace.end = {
    outcome: 'forwarded',
    responseCode: null,
    responseFlag: null,
    responseCodeDetails: null,
    reason: null,
    because,
  };
}

function hostNames(hosts: readonly Host[]): string {
  return [...new Set(hosts.map(host => host.address))].join(', ') || 'the host';
}

function round(share: number): number {
  return Math.round(share * 1e6) / 1e6;
}
