import { aggregateMembers, clusterKind, isDnsKind } from '../model/cluster-kind.js';
import { type Host, type HostSet, hostsOf } from '../model/hosts.js';
import { type LbPolicy, lbPolicyOf, panicThresholdOf } from '../model/lb-policy.js';
import type { ProxyConfig } from '../model/proxy.js';
import type { Resource } from '../model/resource.js';
import { balanceSettings } from './balance-settings.js';
import { type Balance, type BalancedCluster, balance } from './load-balancing.js';
import { subsetOf } from './subset.js';
import type { Tracing } from './tracing.js';

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

const cache = new WeakMap<Resource, HostSet>();

const usable = new WeakMap<ProxyConfig, WeakMap<Resource, UsableHosts>>();
const balances = new WeakMap<UsableHosts, Balance>();

/** The chosen cluster's hosts, narrowed to the subset that the route asks for. Without one they are the same for every request. */
export function usableHosts(trace: Tracing): UsableHosts {
  const { clusterResource, proxy, subsetKeys } = trace;
  if (clusterResource === null) return { pools: [], hosts: [], panicThreshold: 50, absent: [], isUnknown: false };
  if (subsetKeys.size > 0) return hostsFor(trace, clusterResource);
  const byCluster = usable.get(proxy) ?? new WeakMap<Resource, UsableHosts>();
  usable.set(proxy, byCluster);
  const hosts = byCluster.get(clusterResource) ?? hostsFor(trace, clusterResource);
  byCluster.set(clusterResource, hosts);
  return hosts;
}

/** How the load balancer spreads requests over hosts. */
export function balanceOf(hosts: UsableHosts): Balance {
  const found = balances.get(hosts) ?? balance(hosts.pools, hosts.panicThreshold);
  balances.set(hosts, found);
  return found;
}

function hostsFor(trace: Tracing, clusterResource: Resource): UsableHosts {
  const { proxy } = trace;
  const isAggregate = clusterKind(clusterResource.view) === 'aggregate';
  const names = aggregateMembers(clusterResource.view);
  const members = isAggregate ? names.flatMap(name => proxy.find('cluster', name) ?? []) : [clusterResource];
  const pools = members.map(member => poolOf(trace, member));
  return {
    pools,
    hosts: pools.flatMap(({ hosts }) => hosts),
    panicThreshold: Math.min(100, panicThresholdOf(clusterResource.view)),
    absent: isAggregate ? names.filter(name => proxy.find('cluster', name) === undefined) : [],
    isUnknown: pools.some(pool => pool.isUnknown),
  };
}

function poolOf({ proxy, subsetKeys }: Tracing, cluster: Resource): Pool {
  const all = known(proxy, cluster);
  const policy = lbPolicyOf(cluster.view);
  const settings = balanceSettings(cluster.view, policy, all);
  const canPick = (hosts: readonly Host[]) => !balance([{ hosts, settings }], settings.panicThreshold).isEmpty;
  const { hosts, why } = subsetOf(policy.subset, all.hosts, subsetKeys, canPick);
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

function known(proxy: ProxyConfig, cluster: Resource): HostSet {
  let hosts = cache.get(cluster);
  if (hosts === undefined) {
    hosts = hostsOf(proxy, cluster);
    cache.set(cluster, hosts);
  }
  return hosts;
}
