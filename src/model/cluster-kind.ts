import { extensionOf } from './extension.js';
import type { View } from './view.js';

/**
 * How a cluster finds its hosts, across API versions: `static`, `eds`, `strict_dns`, `logical_dns`, `dns`, `original_dst`, `aggregate`,
 * `dynamic_forward_proxy`, or the kind of another cluster extension.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/cluster/v3/cluster.proto (cluster_discovery_type)
 */
export function clusterKind(cluster: View): string {
  const custom = cluster.get('cluster_type');
  if (custom === undefined) return (cluster.string('type') ?? 'STATIC').toLowerCase();
  const { type, kind, name } = extensionOf(custom);
  const bare = name?.split('.').at(-1) ?? kind;
  return type === null || type.startsWith('google.protobuf.') ? bare : kind;
}

/** The names of an aggregate cluster's members, in order of preference; empty for other clusters. */
export function aggregateMembers(cluster: View): string[] {
  const custom = cluster.get('cluster_type');
  return custom === undefined || clusterKind(cluster) !== 'aggregate'
    ? []
    : extensionOf(custom).config.strings('clusters');
}

/** Whether DNS gives the hosts at run time. */
export function isDnsKind(kind: string): boolean {
  return /^((strict|logical)_)?dns$/.test(kind);
}

/** The type as the dump writes it: `EDS`, `STRICT_DNS`, `envoy.clusters.aggregate`. */
export function clusterType(cluster: View): string {
  return cluster.get('cluster_type')?.string('name') ?? cluster.string('type') ?? 'STATIC';
}
