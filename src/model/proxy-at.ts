import { splitSocket } from './address.js';
import { nodeAddresses } from './node.js';
import { oncePer } from './once.js';
import type { ProxyConfig } from './proxy.js';

/**
 * The proxy whose pod has an address, given as such or as an endpoint’s `ip:port`, as another proxy dials it; null where none has. Networks of a
 * mesh may use the same addresses, and pods of another one are reached by its gateway alone.
 * https://istio.io/latest/docs/ops/deployment/deployment-models/#multiple-networks
 */
export function proxyAt(proxies: readonly ProxyConfig[], address: string, from: ProxyConfig): ProxyConfig | null {
  const found = byAddress(proxies).get(splitSocket(address).ip) ?? [];
  const own = networkOf(from);
  return found.find(proxy => own === null || (networkOf(proxy) ?? own) === own) ?? null;
}

function networkOf({ node }: ProxyConfig): string | null {
  return node?.metadata.string('NETWORK') || null;
}

/** Lists of proxies stay the same for many requests. */
const byAddress = oncePer((proxies: readonly ProxyConfig[]): ReadonlyMap<string, readonly ProxyConfig[]> => {
  const found = new Map<string, ProxyConfig[]>();
  for (const proxy of proxies)
    for (const ip of proxy.node === null ? [] : nodeAddresses(proxy.node))
      found.set(ip, [...(found.get(ip) ?? []), proxy]);
  return found;
});
