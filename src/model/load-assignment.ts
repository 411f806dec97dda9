import { clusterKind } from './cluster-kind.js';
import { extensionOf } from './extension.js';
import type { ProxyConfig } from './proxy.js';
import type { Resource } from './resource.js';
import { View } from './view.js';

/** A ClusterLoadAssignment and the resource that holds it: an EDS entry, or the cluster itself. */
export interface LoadAssignment {
  readonly resource: Resource;
  readonly view: View;
}

/** The list of a cluster's endpoints, whichever way it comes; null where the documents hold none. */
export function loadAssignmentOf(proxy: ProxyConfig, cluster: Resource): LoadAssignment | null {
  const { view } = cluster;
  if (clusterKind(view) === 'eds') {
    const name = view.get('eds_cluster_config')?.string('service_name') || (cluster.name ?? '');
    const resource = proxy.find('endpoint', name) ?? proxy.find('endpoint', cluster.name ?? '');
    return resource === undefined ? null : { resource, view: resource.view };
  }
  const inline = view.get('load_assignment') ?? ofExtension(view);
  if (inline !== undefined) return { resource: cluster, view: inline };
  return view.list('hosts').length > 0 ? { resource: cluster, view: earlyAssignment(view) } : null;
}

/** A cluster extension may hold its own list. */
function ofExtension(cluster: View): View | undefined {
  const custom = cluster.get('cluster_type');
  return custom === undefined ? undefined : extensionOf(custom).config.get('load_assignment');
}

/** API v2 lists plain addresses under `hosts`. */
function earlyAssignment(cluster: View): View {
  const lbEndpoints = cluster.list('hosts').map(host => ({ endpoint: { address: host.value } }));
  return new View({ endpoints: [{ lb_endpoints: lbEndpoints }] }, cluster.pointer);
}
