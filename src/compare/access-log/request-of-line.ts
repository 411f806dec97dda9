import type { LogEntry } from '../../decode/access-log/entry.js';
import { nodeAddresses } from '../../model/node.js';
import type { ProxyConfig } from '../../model/proxy.js';
import { clusterParts } from '../../model/services.js';
import type { Direction, Protocol, Tls, TraceRequest } from '../../trace/request.js';
import { type LoggedSocket, loggedIp, loggedSocket } from './socket.js';

/** Headers that every request has its own value of; no route is chosen by them. */
const IDLE_HEADERS = new Set(['x-request-id', 'x-forwarded-for', 'user-agent', 'traceparent', 'x-b3-traceid']);

/** The request behind an access-log line of a proxy; null where the line does not say where it went. */
export function requestOfLine(entry: LogEntry, proxy: ProxyConfig): TraceRequest | null {
  const destination = destinationOf(entry);
  if (destination === null) return null;
  const direction = directionOf(entry, proxy, loggedSocket(entry.localAddress));
  const tls = tlsOf(entry, direction);
  const headers = Object.entries(entry.headers).filter(([name]) => !IDLE_HEADERS.has(name));
  const from = fromOf(entry, direction);
  return {
    ...destination,
    direction,
    protocol: protocolOf(entry),
    tls,
    ...(tls === 'plaintext' ? {} : { sni: entry.sni ?? '' }),
    ...(entry.authority === null ? {} : { host: entry.authority }),
    ...(entry.path === null ? {} : { path: entry.path }),
    ...(entry.method === null ? {} : { method: entry.method }),
    ...(headers.length === 0 ? {} : { headers: Object.fromEntries(headers) }),
    ...(Object.keys(from).length === 0 ? {} : { from }),
  };
}

/** The address that the client connected to; where the format lacks it, the authority, with the cluster's port where that has none. */
function destinationOf({ localAddress, authority, upstreamCluster }: LogEntry): TraceRequest | null {
  const socket = loggedSocket(localAddress);
  if (socket !== null) return { ip: socket.ip, port: socket.port };
  if (authority === null) return null;
  if (/:\d+$/.test(authority)) return { to: authority };
  const port = upstreamCluster === null ? undefined : clusterParts(upstreamCluster)?.port;
  return { to: `${authority}:${port ?? 80}` };
}

function directionOf({ upstreamCluster }: LogEntry, proxy: ProxyConfig, local: LoggedSocket | null): Direction {
  const { node } = proxy;
  if (node?.type === 'router') return 'gateway';
  if (/^(inbound\||InboundPassthroughCluster)/.test(upstreamCluster ?? '')) return 'inbound';
  if (/^(outbound\||PassthroughCluster|BlackHoleCluster)/.test(upstreamCluster ?? '')) return 'outbound';
  if (node !== null && local !== null && nodeAddresses(node).includes(local.ip)) return 'inbound';
  return 'outbound';
}

function protocolOf({ protocol, method, headers }: LogEntry): Protocol {
  if (protocol === null && method === null) return 'tcp';
  const isGrpc = /^application\/grpc/.test(headers['content-type'] ?? '') || /^grpc-/.test(headers['user-agent'] ?? '');
  if (isGrpc) return 'grpc';
  return protocol === 'HTTP/2' || protocol === 'HTTP/3' ? 'http2' : 'http';
}

/** A server name is known of TLS only. Inside the mesh it is mutual: Istio's clients send `outbound_.PORT_.SUBSET_.HOST`. */
function tlsOf({ sni, peerIdentity }: LogEntry, direction: Direction): Tls {
  if (peerIdentity !== null) return 'mtls';
  if (sni === null) return 'plaintext';
  return direction === 'inbound' || /^outbound_\./.test(sni) ? 'mtls' : 'tls';
}

/**
 * Policies ask for the source on the receiving side; on the sending side it is the pod itself. A gateway's clients are too many to tell apart, except
 * where a policy may have refused one.
 */
function fromOf(
  { remoteAddress, peerIdentity, code }: LogEntry,
  direction: Direction,
): NonNullable<TraceRequest['from']> {
  const counts = direction === 'inbound' || (direction === 'gateway' && code === 403);
  const ip = counts ? loggedIp(remoteAddress) : null;
  return { ...(ip === null ? {} : { ip }), ...(peerIdentity === null ? {} : { principal: peerIdentity }) };
}
