import { sameIp } from '../match/cidr.js';
import { addressOf, isWildcard } from '../model/address.js';
import type { ProxyConfig } from '../model/proxy.js';
import { clusterParts } from '../model/services.js';
import type { Snapshot } from '../model/snapshot.js';
import { portsOfHost } from './clusters.js';
import { chainsOf } from './listener-chains.js';
import { clustersOfChain, clustersOfRoute } from './route-clusters.js';

/** The service that an address belongs to. */
export interface ServiceAddress {
  readonly host: string;
  readonly ports: readonly number[];
  /** The address is that of a pod behind it, not the service’s own. */
  readonly isPod: boolean;
}

/** Finds the service of an address: a listener bound to it, a virtual host with it as a domain, or an endpoint of a cluster. */
export function serviceAt(proxy: ProxyConfig, snapshot: Snapshot, ip: string): ServiceAddress | null {
  const own = hostOfListener(proxy, ip) ?? hostOfVirtualHost(proxy, ip);
  if (own !== null) return { host: own, ports: portsOfHost(proxy, own), isPod: false };
  const behind = hostOfEndpoint(proxy, ip);
  if (behind !== null) return { host: behind, ports: portsOfHost(proxy, behind), isPod: true };
  const pod = snapshot.proxies.find(({ node }) => node?.ip === ip);
  return pod === undefined ? null : { host: pod.name, ports: [], isPod: true };
}

function hostOfListener(proxy: ProxyConfig, ip: string): string | null {
  const bound = proxy
    .active('listener')
    .filter(listener =>
      listener.addresses
        .map(addressOf)
        .some(address => address?.kind === 'socket' && !isWildcard(address.ip) && sameIp(address.ip, ip)),
    );
  return firstHost(
    bound
      .flatMap(chainsOf)
      .flatMap(clustersOfChain)
      .map(({ name }) => name),
  );
}

function hostOfVirtualHost(proxy: ProxyConfig, ip: string): string | null {
  for (const table of proxy.active('route')) {
    for (const virtualHost of table.view.list('virtual_hosts')) {
      if (!virtualHost.strings('domains').includes(ip)) continue;
      return firstHost(
        virtualHost
          .list('routes')
          .flatMap(clustersOfRoute)
          .map(({ name }) => name),
      );
    }
  }
  return null;
}

function hostOfEndpoint(proxy: ProxyConfig, ip: string): string | null {
  for (const assignment of proxy.active('endpoint')) {
    const groups = assignment.view.list('endpoints');
    const has = groups.some(group =>
      group.list('lb_endpoints').some(endpoint => {
        const address = addressOf(endpoint.path('endpoint', 'address'));
        return address?.kind === 'socket' && sameIp(address.ip, ip);
      }),
    );
    if (has) return firstHost([assignment.name ?? '']);
  }
  return null;
}

function firstHost(clusters: readonly string[]): string | null {
  return clusters.map(name => clusterParts(name)).find(parts => parts !== null && parts.host !== '')?.host ?? null;
}
