import { type HostSet, hostsOf } from '../model/hosts.js';
import type { ProxyConfig } from '../model/proxy.js';
import type { Resource } from '../model/resource.js';
import { subsetOf } from './subset.js';
import type { Tracing } from './tracing.js';

/** The hosts among which the load balancer picks, and why there may be none. */
export interface UsableHosts extends HostSet {
  /** What subset load balancing did; null where it is not used. */
  readonly subset: string | null;
}

const cache = new WeakMap<Resource, HostSet>();

/** The chosen cluster's hosts, narrowed to the subset that the route asks for. */
export function usableHosts(trace: Tracing): UsableHosts {
  const { clusterResource, proxy } = trace;
  if (clusterResource === null)
    return {
      hosts: [],
      overprovisioningFactor: 140,
      isUnknown: false,
      withoutStatus: true,
      source: null,
      subset: null,
    };
  const all = known(proxy, clusterResource);
  const { hosts, why } = subsetOf(clusterResource.view, all.hosts, trace.subsetKeys);
  const lacksMetadata = why !== null && all.hosts.some(({ hasMetadata }) => !hasMetadata);
  return { ...all, hosts, subset: why, isUnknown: all.isUnknown || lacksMetadata };
}

function known(proxy: ProxyConfig, cluster: Resource): HostSet {
  let hosts = cache.get(cluster);
  if (hosts === undefined) {
    hosts = hostsOf(proxy, cluster);
    cache.set(cluster, hosts);
  }
  return hosts;
}
