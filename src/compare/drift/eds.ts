import { clusterKind } from '../../model/cluster-kind.js';
import type { ProxyConfig } from '../../model/proxy.js';
import type { Resource } from '../../model/resource.js';
import type { View } from '../../model/view.js';

/**
 * Whether endpoints belong to a serving cluster that asks for them by EDS. Envoy lists the endpoints of all other clusters too, as DNS and
 * the bootstrap give them; and endpoints of a cluster that is not there are no difference of their own. Unknown clusters count as EDS.
 */
export function isEds(proxy: ProxyConfig, name: string): boolean {
  if (proxy.has('cluster') !== 'complete') return true;
  const cluster = proxy.find('cluster', name);
  return cluster === undefined
    ? proxy.active('cluster').some(({ view }) => edsName(view) === name)
    : clusterKind(cluster.view) === 'eds';
}

/** The name under which a cluster asks for its endpoints; null where it does not. */
export function edsName(cluster: View): string | null {
  if (clusterKind(cluster) !== 'eds') return null;
  return cluster.get('eds_cluster_config')?.string('service_name') || (cluster.string('name') ?? null);
}

/** The serving clusters that take a name's endpoints. */
export function clustersOfEndpoints(proxy: ProxyConfig, name: string): Resource[] {
  const own = proxy.find('cluster', name);
  if (own !== undefined) return [own];
  return proxy.active('cluster').filter(({ view }) => edsName(view) === name);
}
