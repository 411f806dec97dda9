import { sameIp } from '../match/cidr.js';
import { splitSocket } from '../model/address.js';
import { listenersOnPort } from '../model/listeners.js';
import { nodeAddresses } from '../model/node.js';
import { oncePer } from '../model/once.js';
import type { ProxyConfig } from '../model/proxy.js';
import type { Tracing } from './tracing.js';

/** Where iptables sends what a pod sends and gets: https://istio.io/latest/docs/ops/deployment/application-requirements/#ports-used-by-istio */
const CAPTURE_PORTS = [15001, 15006];

/** Whether an address (`ip:port`) is a capture port of the proxy itself, which listens there. */
export function ownCapturePort(proxy: ProxyConfig, address: string): boolean {
  const port = ownPort(proxy, address);
  return port !== null && CAPTURE_PORTS.includes(port);
}

/** Why such an address ends the request. */
export function loopAt(address: string): string {
  return `${address} is this proxy itself, where such connections come in: the request comes back without end`;
}

/**
 * Whether an endpoint brings the request back unchanged: to a capture port of the proxy, or to the very port and protocol of the gateway
 * that it came in by, with the same host and path.
 */
export function leadsBackTo(trace: Tracing, address: string, tls: string): boolean {
  if (ownCapturePort(trace.proxy, address)) return true;
  const { proxy, request, rewrite, http } = trace;
  if (request.direction !== 'gateway' || http === null || ownPort(proxy, address) !== request.port) return false;
  const isSameTls = (tls === 'plaintext') === (request.tls === 'plaintext');
  return isSameTls && rewrite.host === null && rewrite.path === null;
}

/** The port of an address where this proxy listens itself; null for any other address. */
function ownPort(proxy: ProxyConfig, address: string): number | null {
  const { ip, port } = splitSocket(address);
  if (port === undefined || listenersOnPort(proxy, port).length === 0) return null;
  return isOwnAddress(proxy, ip) ? port : null;
}

/** Whether an address is the pod's own, or localhost. */
export function isOwnAddress(proxy: ProxyConfig, ip: string): boolean {
  return ownAddresses(proxy).some(mine => sameIp(mine, ip));
}

const ownAddresses = oncePer(({ node }: ProxyConfig): readonly string[] => [
  '127.0.0.1',
  '::1',
  ...(node === null ? [] : nodeAddresses(node)),
]);
