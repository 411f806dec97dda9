import { clusterParts } from '../../model/services.js';
import type { TraceResult } from '../../trace/result.js';
import type { Effect } from '../drift/difference.js';

/** Namespaces of the mesh and the cluster themselves: DNS, telemetry, control planes. */
const SYSTEM = new Set(['istio-system', 'kube-system']);

/** How soon an effect should be looked at: what fails before what ends otherwise, and of these first what meant to reach a service of somebody's own. */
export function urgencyOf(weight: Effect['weight'], { cluster, weightedClusters }: TraceResult): number {
  const host = clusterParts(cluster ?? weightedClusters[0]?.name ?? '')?.host ?? null;
  const isOwn = host !== null && !SYSTEM.has(host.split('.')[1] ?? '');
  return urgencyOfWeight(weight) + (isOwn ? 1 : 0);
}

/** The same where nothing is known of the service. */
export function urgencyOfWeight(weight: Effect['weight']): number {
  return 2 * (weight + 1);
}
