import { clusterType } from '../../model/cluster-kind.js';
import type { LbPolicy } from '../../model/lb-policy.js';
import type { View } from '../../model/view.js';
import type { UsableHosts } from '../hosts.js';
import type { Tracing } from '../tracing.js';

/** Facts about the load balancing that shares do not show, a line each: the policy, and what may shift them at run time. */
export function balancingNotes(trace: Tracing, { pools, absent, hosts }: UsableHosts): string[] {
  const { clusterResource, proxy } = trace;
  if (clusterResource === null) return [];
  const cluster = clusterResource.view;
  const members = pools.map(({ cluster: member }) => member.name ?? '');
  return [
    ...(pools.length === 1 && pools[0]?.cluster === clusterResource
      ? []
      : [
          `${clusterType(cluster)}: members in order: ${[...members, ...absent.map(name => `${name} (does not exist, left out)`)].join(', ')}`,
        ]),
    ...(hosts.length < 2 ? [] : new Set(pools.flatMap(({ lb }) => policyNotes(lb)))),
    ...new Set(pools.flatMap(({ lb }) => zoneNote(lb, localCluster(proxy.active('bootstrap')[0]?.view)))),
    ...overrideNotes(trace, cluster),
  ];
}

function policyNotes({ name, isHashing, slowStart, overriddenBy }: LbPolicy): string[] {
  return [
    ...(name === 'round_robin'
      ? []
      : [`load balancing: ${name}${isHashing ? ' (by a hash of the request: equal requests get one endpoint)' : ''}`]),
    ...(slowStart === null
      ? []
      : [`slow start: new endpoints get less for ${slowStart.string('slow_start_window') ?? 'a while'}`]),
    ...(overriddenBy === null ? [] : [`${overriddenBy}: a header or metadata may name the endpoint`]),
  ];
}

/** Zone-aware routing keeps requests in this proxy's zone; it needs the bootstrap to say which cluster this proxy belongs to. */
function zoneNote({ zoneAware, byLocalityWeight }: LbPolicy, local: string | null): string[] {
  if (byLocalityWeight || (zoneAware === null && local === null)) return [];
  if (local === null) return ['zone-aware routing is set and does nothing: the bootstrap names no local cluster'];
  const least = zoneAware?.number('min_cluster_size') ?? 6;
  return [
    `zone-aware routing (local cluster ${local}, from ${least} endpoints on) may keep requests in this proxy’s zone: the shares are those without it`,
  ];
}

function localCluster(bootstrap: View | undefined): string | null {
  return bootstrap?.get('cluster_manager')?.string('local_cluster_name') || null;
}

const SESSION_FILTERS = /stateful_session/;

/** A session filter may pin the request to an endpoint, as far as the cluster lets it by health. */
function overrideNotes(trace: Tracing, cluster: View): string[] {
  const filters = trace.isTcp ? [] : (trace.terminal?.config.list('http_filters') ?? []);
  if (!filters.some(filter => SESSION_FILTERS.test(filter.string('name') ?? ''))) return [];
  const set = cluster.get('common_lb_config')?.get('override_host_status');
  const statuses = set === undefined ? ['UNKNOWN', 'HEALTHY', 'DEGRADED'] : set.strings('statuses');
  return [
    statuses.length === 0
      ? 'a session’s endpoint is not kept: override_host_status allows no health'
      : `a session may keep its endpoint while that is ${statuses.join(', ')} (override_host_status)`,
  ];
}
