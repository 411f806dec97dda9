import type { View } from './view.js';

/**
 * A cluster's limits for a routing priority, `DEFAULT` or `HIGH`; undefined where it sets none, so that Envoy's own (1024, 3 retries) hold.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/cluster/v3/circuit_breaker.proto
 */
export function clusterThresholds(cluster: View, priority: string): View | undefined {
  const all = cluster.get('circuit_breakers')?.list('thresholds') ?? [];
  return all.find(thresholds => (thresholds.string('priority') ?? 'DEFAULT') === priority);
}
