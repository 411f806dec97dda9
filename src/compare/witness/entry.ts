import { addressOf, isWildcard } from '../../model/address.js';
import { boundPorts } from '../../model/listeners.js';
import { nodeAddresses } from '../../model/node.js';
import type { ProxyConfig } from '../../model/proxy.js';
import type { Resource } from '../../model/resource.js';
import { transportSocketOf } from '../../model/transport-socket.js';
import type { View } from '../../model/view.js';
import type { TraceRequest } from '../../trace/request.js';

/** How a connection reaches a filter chain: the part of a request below HTTP. */
export type Entry = Pick<TraceRequest, 'direction' | 'ip' | 'port' | 'tls' | 'sni' | 'alpn' | 'from'>;

/** An address for documentation (RFC 5737), which no mesh has: what takes it takes whatever the mesh does not know. */
export const UNKNOWN_ADDRESS = '192.0.2.1';
const UNKNOWN_PORT = 65_000;

/** How a connection reaches a chain of a listener; null where the listener is not reached by TCP. */
export function entryOf(proxy: ProxyConfig, listener: Resource, chain: View): Entry | null {
  const address = addressOf(listener.addresses[0]);
  if (address?.kind !== 'socket' || address.isUdp) return null;
  const match = chain.get('filter_chain_match');
  const direction = directionOf(proxy, listener, address.ip);
  const isCapture = listener.view.boolean('use_original_dst') || address.port === 15006;
  const port = match?.number('destination_port') ?? (isCapture ? unusedPort(proxy) : address.port);
  const ip = match?.list('prefix_ranges')[0]?.string('address_prefix') ?? ipOf(direction, address.ip, isCapture);
  return { direction, port, ...(ip === null ? {} : { ip }), ...securityOf(chain, direction, proxy) };
}

function directionOf(proxy: ProxyConfig, listener: Resource, ip: string): 'outbound' | 'inbound' | 'gateway' {
  if (proxy.node?.type === 'router') return 'gateway';
  const said = listener.view.string('traffic_direction');
  if (said === 'INBOUND' || said === 'OUTBOUND') return said === 'INBOUND' ? 'inbound' : 'outbound';
  const own = proxy.node === null ? [] : nodeAddresses(proxy.node);
  return own.includes(ip) || listener.name === 'virtualInbound' ? 'inbound' : 'outbound';
}

/** Null: the proxy's own address, or whatever the host name resolves to. */
function ipOf(direction: 'outbound' | 'inbound' | 'gateway', ip: string, isCapture: boolean): string | null {
  if (direction !== 'outbound') return null;
  if (isCapture) return UNKNOWN_ADDRESS;
  return isWildcard(ip) ? null : ip;
}

function unusedPort(proxy: ProxyConfig): number {
  const used = new Set(boundPorts(proxy));
  let port = UNKNOWN_PORT;
  while (used.has(port)) port++;
  return port;
}

/** TLS as the chain's match and socket ask for it: Istio's own ALPN means mutual TLS, a server name any TLS. */
function securityOf(chain: View, direction: Entry['direction'], proxy: ProxyConfig): Partial<Entry> {
  const match = chain.get('filter_chain_match');
  const names = match?.strings('server_names') ?? [];
  const alpn = match?.strings('application_protocols') ?? [];
  const { context } = transportSocketOf(chain);
  const isTls = match?.string('transport_protocol') === 'tls' || names.length > 0 || context !== null;
  if (!isTls) return {};
  const isMutual =
    context?.boolean('require_client_certificate') === true || alpn.some(protocol => protocol.startsWith('istio'));
  const sni = names[0]?.replace(/^\*\./, 'witness.');
  const namespace = proxy.node?.namespace ?? 'default';
  return {
    tls: isMutual ? 'mtls' : 'tls',
    ...(sni === undefined ? {} : { sni }),
    ...(isMutual && direction === 'inbound'
      ? { from: { principal: `spiffe://cluster.local/ns/${namespace}/sa/default` } }
      : {}),
  };
}

/** Where a connection goes that has no other address: the mesh knows nothing of it. */
export function addressOrUnknown(ip: string | null): string {
  return ip ?? UNKNOWN_ADDRESS;
}
