import { clusterKind } from '../model/cluster-kind.js';
import { type HostSet, hostsOf } from '../model/hosts.js';
import { lbPolicyOf } from '../model/lb-policy.js';
import { oncePerPair } from '../model/once.js';
import type { ProxyConfig } from '../model/proxy.js';
import type { Resource } from '../model/resource.js';
import { balanceSettings } from '../trace/balance-settings.js';
import { type BalanceSettings, balance } from '../trace/load-balancing.js';

/** A cluster’s endpoints as rules look at them. */
export interface ClusterHealth {
  readonly hosts: HostSet['hosts'];
  /** Endpoints that outlier detection ejected. */
  readonly ejected: readonly string[];
  /** Endpoints that are not healthy, ejected ones among them. */
  readonly unhealthy: readonly string[];
  /** Envoy finds no endpoint to use and answers 503 UH. */
  readonly isUnusable: boolean;
  /** Too few are healthy, so that Envoy uses all of them. */
  readonly isPanicking: boolean;
  /** Percent of healthy endpoints below which it panics. */
  readonly panicThreshold: number;
  readonly source: Resource | null;
}

/** How a cluster’s endpoints do; null where they are not known, or come by DNS or the original destination at run time. */
export const healthOfCluster = oncePerPair((proxy: ProxyConfig, cluster: Resource): ClusterHealth | null => {
  const kind = clusterKind(cluster.view);
  if (kind !== 'eds' && kind !== 'static') return null;
  const set = hostsOf(proxy, cluster);
  if (set.isUnknown) return null;
  const settings = balanceSettings(cluster.view, lbPolicyOf(cluster.view), set);
  const { panicThreshold } = settings;
  const balanced = allCount(set.hosts, settings) ? ALL : balance([{ hosts: set.hosts, settings }], panicThreshold);
  const bad = set.hosts.filter(({ health }) => health !== 'healthy' && health !== 'degraded');
  return {
    hosts: set.hosts,
    ejected: bad.filter(({ status }) => status.includes('failed_outlier_check')).map(({ address }) => address),
    unhealthy: bad.map(({ address }) => address),
    isUnusable: balanced.isEmpty,
    isPanicking: balanced.panicking.length > 0,
    panicThreshold,
    source: set.source,
  };
});

const ALL = { isEmpty: false, panicking: [] };

/** Whether every host is healthy and takes its share, as nearly always: then Envoy uses all of them, and nothing need be worked out. */
function allCount(hosts: HostSet['hosts'], settings: BalanceSettings): boolean {
  const { localities, overprovisioningFactor, weightedPriorityHealth } = settings;
  const isPlain = localities === 'unweighted' && overprovisioningFactor >= 100 && !weightedPriorityHealth;
  return isPlain && hosts.length > 0 && hosts.every(({ health, weight }) => health === 'healthy' && weight > 0);
}
