import type { ReadLine } from '../../decode/access-log/reader.js';
import { nodeAddresses } from '../../model/node.js';
import type { ProxyConfig } from '../../model/proxy.js';
import { loggedIp } from './socket.js';

/** Finds the proxy that wrote a line; null where nothing tells. */
export type ProxyOfLine = (line: ReadLine) => ProxyConfig | null;

/**
 * The proxy that wrote a line: the one named beside it (by the format, or by the tool that gathered the lines), else the one whose address it was
 * sent to (a gateway, or inbound) or came from (outbound), else the only one there is.
 */
export function proxyOfLine(proxies: readonly ProxyConfig[]): ProxyOfLine {
  const byPod = new Map(proxies.map(proxy => [proxy.node?.pod ?? proxy.name, proxy]));
  const byIp = new Map(
    proxies.flatMap(proxy => (proxy.node === null ? [] : nodeAddresses(proxy.node).map(ip => [ip, proxy] as const))),
  );
  const only = proxies.length === 1 ? (proxies[0] ?? null) : null;
  return ({ entry, prefix }) => {
    if (only !== null) return only;
    const named = [entry.pod ?? '', ...prefix.split(/[^\w.-]+/)].map(name => byPod.get(name)).find(isThere);
    if (named !== undefined) return named;
    return (
      [entry.localAddress, entry.remoteAddress].map(address => byIp.get(loggedIp(address) ?? '')).find(isThere) ?? null
    );
  };
}

function isThere(proxy: ProxyConfig | undefined): proxy is ProxyConfig {
  return proxy !== undefined;
}
