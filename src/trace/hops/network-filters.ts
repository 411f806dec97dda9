import { type Extension, extensionOf } from '../../model/extension.js';
import { evidenceOf, istioctl, placeIn } from '../evidence.js';
import type { Tracing } from '../tracing.js';
import { connectionManager } from './http-connection-manager.js';
import { PASSING_NETWORK_FILTERS, PROTOCOL_PROXIES } from './network-filter-kinds.js';
import { connectionFilterState } from './network-filter-state.js';
import { networkRbac } from './network-rbac.js';
import { rewriteCluster, sniCluster } from './sni-cluster.js';
import { tcpProxy } from './tcp-proxy.js';

/** Filters that decide something by configuration. `true`: the connection goes no further than this filter. */
const DECIDING: Record<string, (trace: Tracing, filter: Extension) => boolean> = {
  rbac: networkRbac,
  sni_cluster: sniCluster,
  set_filter_state: connectionFilterState,
  tcp_cluster_rewrite: rewriteCluster,
  tcp_proxy: tcpProxy,
  http_connection_manager: connectionManager,
  direct_response: trace => answersItself(trace, 'the direct_response filter answers and closes'),
  echo: trace => answersItself(trace, 'the echo filter sends back what it gets'),
};

/**
 * The chain's network filters in order, up to the one that decides where the connection goes.
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/listeners/network_filters/network_filters
 */
export function networkFilters(trace: Tracing): void {
  const { filterChain, listener } = trace;
  if (filterChain === null || listener === null) return;
  const filters = filterChain.list('filters').map(view => ({ view, filter: extensionOf(view) }));
  if (filters.length === 0) {
    const why = 'the filter chain has no filters';
    trace.step('network-filters', 'rejected', { ...placeIn(listener, filterChain.pointer), why });
    trace.finish('no_filters', why);
    return;
  }
  trace.terminal = filters.map(({ filter }) => filter).find(isTerminal) ?? null;
  const passed: string[] = [];
  for (const { view, filter } of filters) {
    const decide = DECIDING[filter.kind];
    if (decide === undefined && !isTerminal(filter)) passed.push(pass(trace, filter));
    else {
      announce(trace, view.pointer, filter, passed);
      if (decide === undefined) otherProxy(trace, filter);
      else if (!decide(trace, filter) && trace.end === null) continue;
      return;
    }
  }
  const types = filters.map(({ filter }) => filter.type ?? filter.name ?? filter.kind).join(', ');
  const unknown = { unknown: 'unsupported', what: `network filter ${types}` } as const;
  trace.undetermined(
    'network-filters',
    unknown,
    `no filter of the chain is known to decide where the connection goes (${types})`,
  );
}

function isTerminal(filter: Extension): boolean {
  return (
    filter.kind === 'tcp_proxy' ||
    filter.kind === 'http_connection_manager' ||
    PROTOCOL_PROXIES[filter.kind] !== undefined
  );
}

const WHAT_IT_DOES: Record<string, string> = {
  http_connection_manager: 'reads the connection as HTTP',
  tcp_proxy: 'takes the connection as plain bytes',
  sni_cluster: 'takes the SNI for the cluster’s name',
  tcp_cluster_rewrite: 'rewrites the cluster’s name',
  set_filter_state: 'sets filter state',
  direct_response: 'answers by itself',
  echo: 'sends back what it gets',
};

function announce(trace: Tracing, pointer: string, filter: Extension, passed: readonly string[]): void {
  const { listener } = trace;
  if (listener === null || filter.kind === 'rbac') return;
  trace.step('network-filters', 'matched', {
    name: filter.name,
    pointer,
    why: WHAT_IT_DOES[filter.kind] ?? `reads the connection as ${filter.kind.replace(/_proxy$/, '')}`,
    details: [...passed],
    evidence: [evidenceOf(listener, pointer)],
    istioctl: [istioctl.listeners(trace.proxy.name, trace.request.port)],
  });
}

/** A filter that lets the connection pass, or that is taken to do so. */
function pass(trace: Tracing, filter: Extension): string {
  const label = filter.name ?? filter.kind;
  const known = PASSING_NETWORK_FILTERS[filter.kind];
  if (known === undefined) {
    trace.assumptions.add(`network filter ${label} (${filter.type ?? 'no type'}) lets the connection pass`);
    trace.conditions.push(`network filter ${label} lets it pass`);
    return `${label}: not known to mesh-trace, taken as letting the connection pass`;
  }
  const condition = known.condition(filter.config, label);
  if (condition !== null) {
    trace.assumptions.add(`network filter ${label} lets the connection pass`);
    trace.conditions.push(condition);
  }
  return `${label}: ${known.effect(filter.config)}`;
}

/** A proxy of another protocol: configuration may name its cluster, the bytes decide the rest. */
function otherProxy(trace: Tracing, filter: Extension): void {
  const describe = PROTOCOL_PROXIES[filter.kind];
  const clusters = describe?.(filter.config) ?? [];
  const [only] = clusters;
  if (clusters.length === 1 && only !== undefined) {
    trace.cluster = only;
    trace.assumptions.add(`${filter.kind} understands what the client sends`);
    return;
  }
  const among = clusters.length === 0 ? '' : `, among ${clusters.join(', ')}`;
  const unknown = { unknown: 'unsupported', what: `network filter ${filter.type ?? filter.kind}` } as const;
  trace.undetermined('action', unknown, `${filter.kind} chooses the cluster by what the client sends${among}`);
}

function answersItself(trace: Tracing, because: string): boolean {
  trace.finish('direct_response', because, { responseCode: null, responseCodeDetails: null });
  return true;
}
