import { splitSocket } from './address.js';
import { nodeAddresses } from './node.js';
import { oncePer } from './once.js';
import type { ProxyConfig } from './proxy.js';

/** The proxy whose pod has an address, given as such or as an endpoint’s `ip:port`; null where none has. */
export function proxyAt(proxies: readonly ProxyConfig[], address: string): ProxyConfig | null {
  return byAddress(proxies).get(splitSocket(address).ip) ?? null;
}

/** Lists of proxies stay the same for many requests. */
const byAddress = oncePer(
  (proxies: readonly ProxyConfig[]): ReadonlyMap<string, ProxyConfig> =>
    new Map(
      proxies.flatMap(proxy => (proxy.node === null ? [] : nodeAddresses(proxy.node).map(ip => [ip, proxy] as const))),
    ),
);
