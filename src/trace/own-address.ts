import { sameIp } from '../match/cidr.js';
import { listenersOnPort } from '../model/listeners.js';
import { nodeAddresses } from '../model/node.js';
import type { ProxyConfig } from '../model/proxy.js';

/** Where iptables sends what a pod sends and gets: https://istio.io/latest/docs/ops/deployment/application-requirements/#ports-used-by-istio */
const CAPTURE_PORTS = [15001, 15006];

/** Whether an address (`ip:port`) is a capture port of the proxy itself, which listens there. */
export function ownCapturePort(proxy: ProxyConfig, address: string): boolean {
  const [, ip, port] = /^\[?([^[\]]+)\]?:(\d+)$/.exec(address) ?? [];
  if (ip === undefined || !CAPTURE_PORTS.includes(Number(port))) return false;
  if (listenersOnPort(proxy, Number(port)).length === 0) return false;
  const own = proxy.node === null ? [] : nodeAddresses(proxy.node);
  return ['127.0.0.1', '::1', ...own].some(mine => sameIp(mine, ip));
}
