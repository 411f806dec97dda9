import { formatSocket, isWildcard } from './address.js';
import { extensionOf } from './extension.js';
import { listenersOnPort } from './listeners.js';
import { oncePer, oncePerMessage } from './once.js';
import type { ProxyConfig } from './proxy.js';
import type { View } from './view.js';
import { isWaypoint, tunnelEntryOf, waypointServiceAddress } from './waypoint.js';

/** A name as a pod's DNS search path would complete it, with what the configuration knows of it. */
export interface ServiceLookup {
  /** The name that the configuration knows: fully qualified for Kubernetes services; null when it knows none. */
  readonly fqdn: string | null;
  /** The address behind it on the port; null when the configuration tells none. */
  readonly ip: string | null;
  /** Where the address was read. */
  readonly from: string | null;
}

/** After so many lookups a set of all names pays. */
const FEW = 4;

/** What has been looked up in a proxy, by host and port. */
const lookups = oncePer((_: ProxyConfig) => new Map<string, ServiceLookup>());

/**
 * Looks a host up as the pod's resolver and the mesh would: an HTTP service's address is in its virtual host's domains, a TCP service's
 * is the listener that forwards to its cluster, a headless one's are its listeners or endpoints.
 */
export function lookUpService(proxy: ProxyConfig, host: string, port: number): ServiceLookup {
  const known = lookups(proxy);
  const key = `${host}:${port}`;
  let lookup = known.get(key);
  if (lookup === undefined) {
    lookup = findService(proxy, host, port);
    known.set(key, lookup);
  }
  return lookup;
}

/** Host names of all services in the clusters' names (`outbound|port|subset|host`). */
export const knownHosts = oncePer(
  (proxy: ProxyConfig): ReadonlySet<string> =>
    new Set(proxy.active('cluster').flatMap(({ name }) => clusterHost(name ?? '') ?? [])),
);

/** The first of some names that all begin alike which a service has. For few requests not all names are read. */
function knownName(proxy: ProxyConfig, names: readonly string[]): string | null {
  const hosts = lookups(proxy).size < FEW ? hostsLike(proxy, shortest(names)) : knownHosts(proxy);
  return names.find(name => hosts.has(name)) ?? null;
}

/** Host names of the services whose clusters' names hold a text. */
function hostsLike(proxy: ProxyConfig, text: string): ReadonlySet<string> {
  const clusters = proxy.containing('cluster', text).filter(({ state }) => state === 'active');
  return new Set(clusters.flatMap(({ name }) => clusterHost(name ?? '') ?? []));
}

function shortest(names: readonly string[]): string {
  return names.reduce((best, name) => (name.length < best.length ? name : best));
}

/**
 * The parts of Istio's cluster name, pilot/pkg/model/push_context: `direction|port|subset|host`; null for other names. A waypoint's clusters have
 * the protocol in front of the subset, `inbound-vip|80|http/v1|host` (pilot/pkg/networking/core/cluster_waypoint.go, buildWaypointInboundVIP).
 */
export function clusterParts(name: string): { direction: string; port: number; subset: string; host: string } | null {
  const parts = name.includes('|')
    ? name.split('|')
    : /^(outbound|inbound)_/.test(name)
      ? name.replaceAll('_.', '|').split('|')
      : [];
  const [direction, port, subset, host] = parts;
  if (direction === undefined || host === undefined || subset === undefined || !/^\d+$/.test(port ?? '')) return null;
  const isAtWaypoint = direction === 'inbound-vip';
  return { direction, port: Number(port), subset: isAtWaypoint ? subset.replace(/^[^/]*\/?/, '') : subset, host };
}

function clusterHost(name: string): string | null {
  const parts = clusterParts(name);
  return parts?.direction === 'outbound' || parts?.direction === 'inbound-vip' ? parts.host : null;
}

/** The names that a resolver with Kubernetes' search path and ndots:5 tries, in order. */
export function searchNames(host: string, dnsDomain: string | null): string[] {
  if (host.endsWith('.')) return [host.slice(0, -1)];
  const domain = dnsDomain ?? 'default.svc.cluster.local';
  const suffixes = [domain, domain.replace(/^[^.]+\./, ''), domain.replace(/^[^.]+\.svc\./, '')];
  const searched = [...new Set(suffixes)].map(suffix => `${host}.${suffix}`);
  return host.split('.').length > 5 ? [host, ...searched] : [...searched, host];
}

function findService(proxy: ProxyConfig, host: string, port: number): ServiceLookup {
  const names = searchNames(host.toLowerCase(), proxy.node?.dnsDomain ?? null);
  const fqdn = knownName(proxy, names);
  const pod = fqdn === null ? podOfHeadless(proxy, names, port) : null;
  if (pod !== null) return pod;
  const wanted = fqdn === null ? names : [fqdn];
  for (const { listener, address } of listenersOnPort(proxy, port)) {
    const found = addressIn(proxy, listener.view, wanted, host);
    if (found === null) continue;
    if (!isWildcard(address.ip))
      return {
        fqdn: fqdn ?? found.name,
        ip: address.ip,
        from: `listener ${listener.name ?? formatSocket(address.ip, port)}`,
      };
    if (found.ip !== null) return { fqdn: fqdn ?? found.name, ip: found.ip, from: found.from };
  }
  const behindWaypoint = waypointAddress(proxy, wanted, port);
  if (behindWaypoint !== null) return behindWaypoint;
  const endpoint = fqdn === null ? null : headlessAddress(proxy, fqdn, port);
  return { fqdn, ip: endpoint?.ip ?? null, from: endpoint?.from ?? null };
}

/**
 * A pod of a headless service has a name below the service's, as those of StatefulSets do; Istio's listeners and clusters know the service alone.
 * https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#stable-network-id
 */
function podOfHeadless(proxy: ProxyConfig, names: readonly string[], port: number): ServiceLookup | null {
  for (const name of names) {
    if (!/^([^.]+\.){3}svc\./.test(name)) continue;
    const service = name.replace(/^[^.]+\./, '');
    if (!isHeadless(proxy, service, port)) continue;
    const { ip, from } = lookUpService(proxy, `${service}.`, port);
    const unnamed = `a pod of the headless ${service}; which of them has this name is not in this configuration`;
    return { fqdn: service, ip, from: from === null ? null : unnamed };
  }
  return null;
}

function isHeadless(proxy: ProxyConfig, fqdn: string, port: number): boolean {
  return proxy.find('cluster', `outbound|${port}||${fqdn}`)?.view.string('type') === 'ORIGINAL_DST';
}

function waypointAddress(proxy: ProxyConfig, names: readonly string[], port: number): ServiceLookup | null {
  const entry = isWaypoint(proxy) ? tunnelEntryOf(proxy) : null;
  if (entry === null) return null;
  for (const name of names) {
    const ip = waypointServiceAddress(entry.main.view, name, port);
    if (ip !== null) return { fqdn: name, ip, from: `listener ${entry.main.name}` };
  }
  return null;
}

interface Found {
  readonly name: string;
  readonly ip: string | null;
  readonly from: string | null;
}

function addressIn(proxy: ProxyConfig, listener: View, names: readonly string[], host: string): Found | null {
  const chains = [...listener.list('filter_chains'), ...listener.list('default_filter_chain')];
  for (const filter of chains.flatMap(chain => chain.list('filters'))) {
    const { kind, config } = extensionOf(filter);
    if (kind === 'tcp_proxy') {
      const name = names.find(candidate =>
        tcpClusters(config).some(cluster => clusterParts(cluster)?.host === candidate),
      );
      if (name !== undefined) return { name, ip: null, from: null };
    }
    if (kind === 'http_connection_manager') {
      const found = addressInTable(tableOf(proxy, config), names, host);
      if (found !== null) return found;
    }
  }
  return null;
}

function tcpClusters(config: View): string[] {
  const weighted = config.get('weighted_clusters')?.list('clusters') ?? [];
  return [config.string('cluster'), ...weighted.map(cluster => cluster.string('name'))].filter(
    name => name !== undefined,
  );
}

function tableOf(proxy: ProxyConfig, hcm: View): View | undefined {
  const name = hcm.get('rds')?.string('route_config_name');
  return name === undefined ? hcm.get('route_config') : proxy.find('route', name)?.view;
}

function addressInTable(table: View | undefined, names: readonly string[], host: string): Found | null {
  if (table === undefined) return null;
  const wanted = [...names, host];
  const index = namedHosts(table);
  const first = wanted.reduce<NamedHost | undefined>((best, name) => {
    const found = index.get(name);
    return found !== undefined && (best === undefined || found.position < best.position) ? found : best;
  }, undefined);
  if (first === undefined) return null;
  const { virtualHost, domains } = first;
  const name = wanted.find(candidate => domains.includes(candidate)) ?? host;
  const ip = domains.find(domain => /^\d+\.\d+\.\d+\.\d+$/.test(domain) || /^\[[0-9a-f:]+\]$/.test(domain));
  return { name, ip: ip?.replace(/[[\]]/g, '') ?? null, from: `virtual host ${virtualHost.string('name') ?? name}` };
}

interface NamedHost {
  readonly virtualHost: View;
  /** In lower case. */
  readonly domains: readonly string[];
  readonly position: number;
}

/** The first virtual host of each domain. */
const namedHosts = oncePerMessage((table: View): ReadonlyMap<string, NamedHost> => {
  const index = new Map<string, NamedHost>();
  for (const [position, virtualHost] of table.list('virtual_hosts').entries()) {
    const domains = virtualHost.strings('domains').map(domain => domain.toLowerCase());
    for (const domain of domains) if (!index.has(domain)) index.set(domain, { virtualHost, domains, position });
  }
  return index;
});

/** A headless service resolves to its pods: the first endpoint that is known. */
function headlessAddress(proxy: ProxyConfig, fqdn: string, port: number): { ip: string; from: string } | null {
  if (!isHeadless(proxy, fqdn, port)) return null;
  const name = `outbound|${port}||${fqdn}`;
  const endpoint = proxy.find('endpoint', name);
  const socket = endpoint?.view
    .list('endpoints')[0]
    ?.list('lb_endpoints')[0]
    ?.path('endpoint', 'address', 'socket_address');
  const ip = socket?.string('address');
  return ip === undefined ? null : { ip, from: `endpoints of ${name}` };
}
