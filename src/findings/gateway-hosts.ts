import type { ProxyConfig } from '../model/proxy.js';
import type { View } from '../model/view.js';
import { type GatewayServer, gatewayServers } from './gateway-server.js';
import { tablesIn } from './subjects-in.js';

/** Istio’s virtual host for a gateway port that no VirtualService is bound to: `blackhole:PORT`, without routes. */
export function isPlaceholder(virtualHost: View): boolean {
  return /^blackhole(:\d+)?$/.test(virtualHost.string('name') ?? '') && virtualHost.list('routes').length === 0;
}

/** All HTTPS servers of a gateway proxy. */
export function serversOf(proxy: ProxyConfig): GatewayServer[] {
  return proxy.active('listener').flatMap(gatewayServers);
}

/** The hosts that a gateway serves: domains of its virtual hosts and server names of its TLS chains. */
export function hostsServed(proxy: ProxyConfig): string[] {
  const domains = tablesIn(proxy)
    .filter(({ resource }) => resource.kind === 'route')
    .flatMap(({ table }) => table.list('virtual_hosts'))
    .filter(virtualHost => !isPlaceholder(virtualHost))
    .flatMap(virtualHost => virtualHost.strings('domains'));
  const names = serversOf(proxy).flatMap(({ chain }) => chain.get('filter_chain_match')?.strings('server_names') ?? []);
  return [...new Set([...domains, ...names])].filter(host => host !== '*').sort();
}
