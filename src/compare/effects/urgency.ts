import { clusterParts } from '../../model/services.js';
import type { TraceResult } from '../../trace/result.js';
import type { Effect } from '../drift/difference.js';

/** Namespaces of the mesh and the cluster themselves: DNS, telemetry, control planes. */
const SYSTEM = new Set(['istio-system', 'kube-system']);

/** How soon an effect should be looked at: what fails before what ends otherwise; of these first what meant to reach somebody's own service, last what the mesh does not know. */
export function urgencyOf(weight: Effect['weight'], { cluster, weightedClusters }: TraceResult): number {
  const host = clusterParts(cluster ?? weightedClusters[0]?.name ?? '')?.host ?? null;
  const meant = host === null ? 0 : SYSTEM.has(host.split('.')[1] ?? '') ? 1 : 2;
  return urgencyOfWeight(weight) + meant;
}

/** The same where nothing is known of the service. */
export function urgencyOfWeight(weight: Effect['weight']): number {
  return 3 * (weight + 1);
}
