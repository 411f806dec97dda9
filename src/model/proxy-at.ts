import { splitSocket } from './address.js';
import { nodeAddresses } from './node.js';
import type { ProxyConfig } from './proxy.js';

/** Lists of proxies stay the same for many requests: their addresses are looked at once. */
const indexes = new WeakMap<readonly ProxyConfig[], ReadonlyMap<string, ProxyConfig>>();

/** The proxy whose pod has an address, given as such or as an endpoint’s `ip:port`; null where none has. */
export function proxyAt(proxies: readonly ProxyConfig[], address: string): ProxyConfig | null {
  let index = indexes.get(proxies);
  if (index === undefined) {
    index = new Map(
      proxies.flatMap(proxy => (proxy.node === null ? [] : nodeAddresses(proxy.node).map(ip => [ip, proxy] as const))),
    );
    indexes.set(proxies, index);
  }
  return index.get(splitSocket(address).ip) ?? null;
}
