import { aggregateMembers, clusterKind, isDnsKind } from '../model/cluster-kind.js';
import { type Host, type HostSet, hostsOf } from '../model/hosts.js';
import { type LbPolicy, lbPolicyOf, panicThresholdOf } from '../model/lb-policy.js';
import { oncePer, oncePerPair } from '../model/once.js';
import type { ProxyConfig } from '../model/proxy.js';
import type { Resource } from '../model/resource.js';
import { balanceSettings } from './balance-settings.js';
import { type BalancedCluster, balance } from './load-balancing.js';
import { subsetOf } from './subset.js';
import type { Tracing } from './tracing.js';

/** Keys under envoy.lb by which a route narrows the endpoints to a subset, with their values. */
type SubsetKeys = Tracing['subsetKeys'];

/** One cluster with the hosts among which its load balancer picks. */
interface Pool extends BalancedCluster, Omit<HostSet, 'hosts'> {
  readonly cluster: Resource;
  readonly lb: LbPolicy;
  /** What subset load balancing did; null where it is not used. */
  readonly subset: string | null;
  /** DNS gives the addresses at run time, and nobody says which. */
  readonly isUnresolved: boolean;
}

/** All hosts among which the chosen cluster picks: its own or, for an aggregate cluster, those of its members in order. */
export interface UsableHosts {
  readonly pools: readonly Pool[];
  readonly hosts: readonly Host[];
  /** The aggregate cluster's own threshold, else the cluster's. */
  readonly panicThreshold: number;
  /** Members of an aggregate cluster that this Envoy does not have: it goes by them. */
  readonly absent: readonly string[];
  /** The hosts of a cluster that counts are not known. */
  readonly isUnknown: boolean;
}

/** The chosen cluster's hosts, narrowed to the subset that the route asks for. Without one they are the same for every request. */
export function usableHosts(trace: Tracing): UsableHosts {
  const { clusterResource, proxy, subsetKeys } = trace;
  if (clusterResource === null) return { pools: [], hosts: [], panicThreshold: 50, absent: [], isUnknown: false };
  return subsetKeys.size > 0 ? hostsFor(proxy, clusterResource, subsetKeys) : allHosts(proxy, clusterResource);
}

const NO_KEYS: SubsetKeys = new Map();

const allHosts = oncePerPair((proxy: ProxyConfig, cluster: Resource) => hostsFor(proxy, cluster, NO_KEYS));

/** How the load balancer spreads requests over hosts. */
export const balanceOf = oncePer((hosts: UsableHosts) => balance(hosts.pools, hosts.panicThreshold));

function hostsFor(proxy: ProxyConfig, cluster: Resource, keys: SubsetKeys): UsableHosts {
  const isAggregate = clusterKind(cluster.view) === 'aggregate';
  const names = aggregateMembers(cluster.view);
  const members = isAggregate ? names.flatMap(name => proxy.find('cluster', name) ?? []) : [cluster];
  const pools = members.map(member => poolOf(proxy, member, keys));
  return {
    pools,
    hosts: pools.flatMap(({ hosts }) => hosts),
    panicThreshold: Math.min(100, panicThresholdOf(cluster.view)),
    absent: isAggregate ? names.filter(name => proxy.find('cluster', name) === undefined) : [],
    isUnknown: pools.some(pool => pool.isUnknown),
  };
}

function poolOf(proxy: ProxyConfig, cluster: Resource, keys: SubsetKeys): Pool {
  const all = hostsOf(proxy, cluster);
  const policy = lbPolicyOf(cluster.view);
  const settings = balanceSettings(cluster.view, policy, all);
  const canPick = (hosts: readonly Host[]) => !balance([{ hosts, settings }], settings.panicThreshold).isEmpty;
  const { hosts, why } = subsetOf(policy.subset, all.hosts, keys, canPick);
  const lacksMetadata = why !== null && all.hosts.some(({ hasMetadata }) => !hasMetadata);
  return {
    ...all,
    cluster,
    hosts,
    settings,
    lb: policy,
    subset: why,
    isUnknown: all.isUnknown || lacksMetadata,
    isUnresolved: isDnsKind(clusterKind(cluster.view)) && all.withoutStatus,
  };
}
