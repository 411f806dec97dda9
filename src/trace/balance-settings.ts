import type { HostSet } from '../model/hosts.js';
import { type LbPolicy, panicThresholdOf } from '../model/lb-policy.js';
import type { View } from '../model/view.js';
import type { BalanceSettings } from './load-balancing.js';

/**
 * What a cluster, its policy and its load assignment say about balancing. Subsets keep localities' weights only where they are told to.
 * https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/upstream/load_balancing/load_balancing
 */
export function balanceSettings(
  cluster: View,
  policy: LbPolicy,
  set: Pick<HostSet, 'overprovisioningFactor' | 'weightedPriorityHealth'>,
): BalanceSettings {
  const keepsWeights = policy.subset === null || policy.subset.boolean('locality_weight_aware');
  const byWeight = policy.byLocalityWeight && keepsWeights;
  return {
    panicThreshold: Math.min(100, panicThresholdOf(cluster)),
    failTrafficOnPanic: policy.zoneAware?.boolean('fail_traffic_on_panic') === true,
    overprovisioningFactor: set.overprovisioningFactor,
    weightedPriorityHealth: set.weightedPriorityHealth,
    localities: !byWeight ? 'unweighted' : policy.isHashing ? 'hashed' : 'weighted',
  };
}
