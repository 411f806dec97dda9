import type { ProxyConfig } from './proxy.js';
import type { Resource } from './resource.js';
import type { View } from './view.js';

/** Where HBONE tunnels end, and the internal listener behind it (istio/istio pilot/pkg/networking/core/waypoint.go). */
const TUNNEL_END = 'connect_terminate';
const MAIN_LISTENER = 'main_internal';

/** A waypoint's entry: the listener that ends HBONE tunnels and the internal one that its route hands the inner connection to. */
export interface TunnelEntry {
  readonly tunnelEnd: Resource;
  readonly main: Resource;
}

/** The tunnel entry of a waypoint; null for other proxies. A sidecar in a mesh with HBONE has one too, beside its own inbound listener. */
export function tunnelEntryOf(proxy: ProxyConfig): TunnelEntry | null {
  const tunnelEnd = proxy.find('listener', TUNNEL_END);
  const main = proxy.find('listener', MAIN_LISTENER);
  return tunnelEnd === undefined || main === undefined ? null : { tunnelEnd, main };
}

/** Whether HBONE is how requests reach a proxy: a waypoint by its node, or a dump that has no other way in. */
export function isWaypoint(proxy: ProxyConfig): boolean {
  if (proxy.node?.type === 'waypoint') return true;
  const isOther = proxy.node?.type === 'sidecar' || proxy.node?.type === 'router';
  return !isOther && tunnelEntryOf(proxy) !== null && proxy.find('listener', 'virtualInbound') === undefined;
}

/**
 * The address of a service at a waypoint: its filter_chain_matcher maps service addresses and ports to chains, one a service port
 * (istio/istio pilot/pkg/networking/core/listener_waypoint.go, buildWaypointInternal). Null where none leads to the service.
 */
export function waypointServiceAddress(main: View, fqdn: string, port: number): string | null {
  const tree = main.path('filter_chain_matcher', 'matcher_tree', 'custom_match', 'typed_config');
  const names = chainNames(fqdn, port).map(name => JSON.stringify(name));
  for (const range of tree?.list('range_matchers') ?? []) {
    const onMatch = JSON.stringify(range.raw('on_match') ?? null);
    const ip = range.list('ranges')[0]?.string('address_prefix');
    if (ip !== undefined && names.some(name => onMatch.includes(name))) return ip;
  }
  return null;
}

/** A chain is called by its cluster; older ones of Istio call it `inbound-vip|PORT||FQDN-http`. */
function chainNames(fqdn: string, port: number): string[] {
  return ['http', 'tcp'].flatMap(protocol => [
    `inbound-vip|${port}|${protocol}|${fqdn}`,
    `inbound-vip|${port}||${fqdn}-${protocol}`,
  ]);
}
