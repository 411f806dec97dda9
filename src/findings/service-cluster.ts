import { oncePer } from '../model/once.js';
import type { Resource } from '../model/resource.js';
import { clusterParts } from '../model/services.js';

/** `catalog.shop.svc.cluster.local port 8080, subset v1`, or the cluster’s name where it is not one of Istio’s outbound clusters. */
export function describeServiceCluster(cluster: Resource): string {
  const parts = serviceParts(cluster);
  if (parts === null) return `cluster ${cluster.name ?? ''}`;
  return `${parts.host} port ${parts.port}${parts.subset === '' ? '' : `, subset ${parts.subset}`}`;
}

/** The parts of an outbound service cluster’s name; null for all other clusters. */
export const serviceParts = oncePer(
  (cluster: Resource): { readonly host: string; readonly port: number; readonly subset: string } | null => {
    const parts = clusterParts(cluster.name ?? '');
    return parts === null || parts.direction !== 'outbound' ? null : parts;
  },
);
