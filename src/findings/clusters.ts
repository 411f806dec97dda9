import { groupedBy } from '../model/grouped-by.js';
import { oncePer } from '../model/once.js';
import type { ProxyConfig } from '../model/proxy.js';
import type { Resource } from '../model/resource.js';
import { clusterParts } from '../model/services.js';

/** A serving outbound cluster of a service and the parts of its name. */
export interface ServiceCluster {
  readonly cluster: Resource;
  readonly port: number;
  readonly subset: string;
  readonly host: string;
}

/** The serving outbound clusters of a service’s host, in document order. */
export function clustersOfHost(proxy: ProxyConfig, host: string): readonly ServiceCluster[] {
  return hostIndex(proxy).get(host) ?? [];
}

/** The hosts that outbound clusters are named after. */
export function serviceHosts(proxy: ProxyConfig): Iterable<string> {
  return hostIndex(proxy).keys();
}

/** The ports of a service that a proxy has clusters for, ascending. */
export function portsOfHost(proxy: ProxyConfig, host: string): number[] {
  return [...new Set(clustersOfHost(proxy, host).map(({ port }) => port))].sort((a, b) => a - b);
}

const hostIndex = oncePer((proxy: ProxyConfig): ReadonlyMap<string, readonly ServiceCluster[]> => {
  const outbound = proxy.active('cluster').flatMap((cluster): ServiceCluster[] => {
    const parts = clusterParts(cluster.name ?? '');
    if (parts === null || parts.direction !== 'outbound') return [];
    const { host, port, subset } = parts;
    return [{ cluster, port, subset, host }];
  });
  return groupedBy(outbound, ({ host }) => host);
});
