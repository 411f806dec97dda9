import { needsInput, unsupported } from '../../match/ternary.js';
import { clusterKind, clusterType } from '../../model/cluster-kind.js';
import type { Host } from '../../model/hosts.js';
import { evidenceOf, istioctl } from '../evidence.js';
import { balanceOf, type UsableHosts, usableHosts } from '../hosts.js';
import type { Balance } from '../load-balancing.js';
import { leadsBackTo, loopAt } from '../own-address.js';
import { percent } from '../percent.js';
import type { StepParts, Tracing } from '../tracing.js';
import { tunnelOf } from '../tunnel.js';
import { socketFor } from '../upstream-socket.js';
import { balancingNotes } from './balancing-notes.js';
import { overflows } from './circuit-breakers.js';
import { dropOverload } from './drop-overload.js';
import { forwarded } from './forwarded.js';
import { originalDestination } from './original-destination.js';

/** Cluster types whose hosts, as far as they are known, Envoy's load balancers pick among. */
const BALANCED = /^(static|eds|strict_dns|logical_dns|dns|aggregate)$/;

/**
 * Where the request goes in the end: each endpoint with its health and its share, or why there is none.
 * https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/upstream/load_balancing/load_balancing
 */
export function endpoints(trace: Tracing): void {
  const { clusterResource } = trace;
  if (clusterResource === null) return;
  const kind = clusterKind(clusterResource.view);
  if (kind === 'original_dst') originalDestination(trace, clusterResource.view);
  else if (kind === 'dynamic_forward_proxy') resolvedByName(trace);
  else pick(trace, kind);
}

function pick(trace: Tracing, kind: string): void {
  const usable = usableHosts(trace);
  if (usable.isUnknown) missingEndpoints(trace);
  else if (!BALANCED.test(kind) && usable.hosts.length === 0) unknownType(trace);
  else if (!dropOverload(trace, usable)) {
    if (!BALANCED.test(kind))
      trace.assumptions.add(`the cluster type ${typeOf(trace)} spreads requests as Envoy’s own load balancers do`);
    choose(trace, usable);
  }
}

/** A dump taken without `include_eds` does not hold what EDS brought. */
function missingEndpoints(trace: Tracing): void {
  const why = 'the dump holds no endpoints: fetch it again with /config_dump?include_eds, or add /clusters?format=json';
  const unknown = needsInput('the endpoints (config_dump?include_eds or /clusters?format=json)');
  trace.undetermined('endpoints', unknown, why, { istioctl: [showEndpoints(trace)] });
}

/** The configuration does not say what hosts another extension finds. */
function unknownType(trace: Tracing): void {
  const type = typeOf(trace);
  const why = `the cluster type ${type} finds its endpoints by itself, and /clusters shows none`;
  trace.undetermined('endpoints', unsupported(`cluster type ${type}`), why, { istioctl: [showEndpoints(trace)] });
}

function typeOf({ clusterResource }: Tracing): string {
  return clusterResource === null ? '' : clusterType(clusterResource.view);
}

function choose(trace: Tracing, usable: UsableHosts): void {
  const result = balanceOf(usable);
  list(trace, usable, result);
  const parts = stepParts(trace, usable);
  const subsets = usable.pools.flatMap(({ subset }) => subset ?? []);
  const note = subsets.length === 0 ? '' : ` (${subsets.join('; ')})`;
  if (result.isEmpty || isRefused(trace, result)) {
    refuse(trace, `${result.whyRefused ?? result.why}${note}`, parts);
    return;
  }
  assume(trace, usable);
  if (leadsBack(trace, parts) || overflows(trace)) return;
  const why = usable.pools.every(({ isUnresolved }) => isUnresolved)
    ? `${names(usable.hosts)} is resolved by DNS at run time`
    : result.why;
  trace.step('endpoints', 'matched', { ...parts, why: `${why}${note}` });
  forwarded(trace, destination(trace, usable, result.panicking.length > 0));
}

/** The endpoints with their shares; of the requests for which a host is found, where some find none. */
function list(trace: Tracing, { hosts, pools }: UsableHosts, { shares, refused }: Balance): void {
  const unresolved = new Set(pools.filter(({ isUnresolved }) => isUnresolved).map(({ cluster }) => cluster));
  const listed = hosts.map((host, i) => ({
    address: host.address,
    health: unresolved.has(host.cluster) ? 'UNKNOWN' : host.status,
    priority: host.priority,
    locality: host.locality,
    share: round((shares[i] ?? 0) / (refused < 1 ? 1 - refused : 1)),
    tls: socketFor(host.cluster.view, host).mode,
    weight: host.weight,
  }));
  trace.endpoints = Object.freeze(listed.map(endpoint => Object.freeze(endpoint)));
  trace.tunnels = hosts.map(tunnelOf);
}

function stepParts(trace: Tracing, usable: UsableHosts): Omit<StepParts, 'why'> {
  const lines = trace.endpoints.map(
    ({ address, health, share, locality, priority }) =>
      `${address} ${health}${locality === '' ? '' : ` ${locality}`}${priority === 0 ? '' : `, priority ${priority}`}, ${percent(share)}`,
  );
  const [source] = usable.pools.flatMap(pool => pool.source ?? []);
  return {
    name: trace.cluster,
    pointer: source?.pointer ?? null,
    details: [...lines, ...balancingNotes(trace, usable)],
    evidence: usable.pools.flatMap(pool => (pool.source === null ? [] : [evidenceOf(pool.source)])),
    istioctl: [showEndpoints(trace)],
  };
}

/** Where only a part of the requests finds no host, it is a branch of its own. */
function isRefused(trace: Tracing, { refused, isRefusedFor }: Balance): boolean {
  if (refused === 0) return false;
  return trace.choices.pick([1 - refused, refused], random => (isRefusedFor(random) ? 1 : 0)) === 1;
}

function refuse(trace: Tracing, why: string, parts: Omit<StepParts, 'why'>): void {
  trace.endpoints = trace.endpoints.map(endpoint => ({ ...endpoint, share: 0 }));
  trace.step('endpoints', 'rejected', { ...parts, why });
  trace.finish('no_healthy_upstream', why);
}

function assume(trace: Tracing, { pools }: UsableHosts): void {
  if (pools.some(({ isUnresolved }) => isUnresolved)) trace.assumptions.add('DNS resolves the cluster’s hosts');
  if (pools.some(({ isUnresolved, withoutStatus }) => withoutStatus && !isUnresolved))
    trace.assumptions.add(
      'Envoy’s own health checks and outlier detection are not in the dump: health is what EDS says',
    );
}

/** An endpoint that is this proxy itself brings the request back to where it came in. */
function leadsBack(trace: Tracing, parts: Omit<StepParts, 'why'>): boolean {
  const used = trace.endpoints.filter(({ share }) => share > 0);
  const back = used.filter(({ address, tls }) => leadsBackTo(trace, address, tls ?? ''));
  const [first] = back;
  if (first === undefined) return false;
  const why = loopAt(first.address);
  if (back.length < used.length) {
    trace.assumptions.add(`${why}; the other endpoints are taken`);
    return false;
  }
  trace.step('endpoints', 'rejected', { ...parts, why });
  trace.finish('loop', why);
  return true;
}

function destination(trace: Tracing, { hosts, pools }: UsableHosts, isPanic: boolean): string {
  if (pools.every(({ isUnresolved }) => isUnresolved))
    return hosts.length === 0 ? 'at what DNS resolves' : `at ${names(hosts)}, resolved by DNS`;
  const used = trace.endpoints.filter(({ share }) => share > 0).map(({ address }) => address);
  const panic = isPanic ? ' in panic mode' : '';
  return `${used.length <= 3 ? `endpoint ${used.join(' or ')}` : `one of ${used.length} endpoints`}${panic}`;
}

/** A dynamic forward proxy dials the host that the request names. */
function resolvedByName(trace: Tracing): void {
  if (overflows(trace)) return;
  const host = trace.rewrite.host ?? trace.http?.host ?? trace.connection.sni ?? '';
  trace.step('endpoints', 'matched', {
    name: trace.cluster,
    why: `the host ${host} is resolved by DNS at run time`,
    istioctl: [showEndpoints(trace)],
  });
  trace.assumptions.add('DNS resolves the cluster’s hosts');
  forwarded(trace, host === '' ? 'at what DNS resolves' : `at ${host}, resolved by DNS`);
}

function showEndpoints(trace: Tracing): string {
  return istioctl.endpoints(trace.proxy.name, trace.cluster ?? '');
}

function names(hosts: readonly Host[]): string {
  return [...new Set(hosts.map(host => host.address))].join(', ') || 'the host';
}

function round(share: number): number {
  return Math.round(share * 1e6) / 1e6;
}
