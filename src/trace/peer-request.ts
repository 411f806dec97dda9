import { splitSocket } from '../model/address.js';
import { identityOf } from '../model/certificate.js';
import type { Node } from '../model/node.js';
import type { ProxyConfig } from '../model/proxy.js';
import { certificateNames } from '../model/transport-socket.js';
import { isWaypoint } from '../model/waypoint.js';
import { usableHosts } from './hosts.js';
import type { From, Protocol, TraceRequest } from './request.js';
import type { Tracing } from './tracing.js';
import { upstreamAlpn, upstreamProtocol, upstreamSni } from './upstream-protocol.js';
import { socketFor, type UpstreamTls } from './upstream-socket.js';

/** What the next proxy gets, and what had to be assumed for it. */
export interface PeerRequest {
  readonly request: TraceRequest;
  /** The TLS that the client's cluster uses towards the endpoint; null where there is no cluster of its own (passthrough). */
  readonly tls: UpstreamTls | null;
  readonly assumptions: readonly string[];
}

/** The request as the client's Envoy sends it to an endpoint (`ip:port`): rewritten, with the cluster's TLS and the client's certificate. */
export function peerRequest(trace: Tracing, endpoint: string, peer: ProxyConfig): PeerRequest {
  const { request, proxy } = trace;
  const { ip, port = request.port } = splitSocket(endpoint);
  if (isWaypoint(peer)) return tunnelRequest(trace, ip, port);
  const assumptions: string[] = [];
  const tls = tlsTowards(trace, endpoint, assumptions);
  const principal = tls !== null && tls.mode === 'mtls' ? principalOf(proxy, secretOf(tls), assumptions) : null;
  const direction = peer.node?.type === 'router' ? 'gateway' : 'inbound';
  return {
    request: {
      id: request.id,
      ip,
      port,
      direction,
      ...bytesOf(trace),
      ...connectionOf(trace, tls),
      from: isUnread(trace, tls) ? carriedFrom(proxy.node, request.from) : fromOf(proxy.node, principal, request.from),
      ...(request.claims === null ? {} : { claims: { ...request.claims } }),
      ...(request.random === null ? {} : { random: request.random }),
    },
    tls,
    assumptions,
  };
}

/** Through HBONE a waypoint gets the inner connection as it is, and the client's identity from the tunnel. */
function tunnelRequest(trace: Tracing, ip: string, port: number): PeerRequest {
  const { request, proxy } = trace;
  const assumptions: string[] = [];
  const principal = principalOf(proxy, 'default', assumptions);
  const common = { id: request.id, ip, port, direction: 'inbound', tls: 'plaintext' } as const;
  const from = fromOf(proxy.node, principal, request.from);
  return { request: { ...common, ...bytesOf(trace), from }, tls: null, assumptions };
}

function tlsTowards(trace: Tracing, endpoint: string, assumptions: string[]): UpstreamTls | null {
  const { clusterResource } = trace;
  if (clusterResource === null) return null;
  const host = usableHosts(trace).hosts.find(({ address }) => address === endpoint);
  const tls = socketFor((host?.cluster ?? clusterResource).view, host ?? null);
  if (host === undefined || tls.mode !== 'unknown') return tls;
  assumptions.push(`${endpoint} is labelled tlsMode istio, as pods with a sidecar are (/clusters does not show it)`);
  return socketFor(host.cluster.view, { ...host, hasMetadata: true, metadata: () => ({ tlsMode: 'istio' }) });
}

/** What is inside the connection: HTTP after all rewrites, or the client's own bytes. */
function bytesOf(trace: Tracing): Partial<TraceRequest> {
  const { request, http } = trace;
  if (http === null) {
    const headers = Object.fromEntries([...request.headers].map(([name, values]) => [name, [...values]]));
    return {
      protocol: request.protocol,
      path: request.path,
      method: request.method,
      headers,
      ...(request.host === null ? {} : { host: request.host }),
    };
  }
  return {
    protocol: upstreamProtocolOf(trace),
    host: trace.rewrite.host ?? http.host,
    path: trace.rewrite.path ?? http.path,
    method: request.method,
    headers: forwardedHeaders(trace),
  };
}

function upstreamProtocolOf(trace: Tracing): Protocol {
  if (trace.request.protocol === 'grpc') return 'grpc';
  return upstreamProtocol(trace) === 'HTTP2' ? 'http2' : 'http';
}

/**
 * An edge proxy (`use_remote_address`) appends the client's address to x-forwarded-for; a sidecar leaves it.
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_conn_man/headers#x-forwarded-for
 */
function forwardedHeaders(trace: Tracing): Record<string, string[]> {
  const headers = Object.fromEntries([...(trace.http?.headers ?? [])].map(([name, value]) => [name, [value]]));
  const hcm = trace.terminal?.config;
  const client = trace.request.from.ip;
  if (hcm?.boolean('use_remote_address') === true && !hcm.boolean('skip_xff_append') && client !== undefined) {
    headers['x-forwarded-for'] = [[...(headers['x-forwarded-for'] ?? []), client].join(',')];
  }
  return headers;
}

function connectionOf(trace: Tracing, tls: UpstreamTls | null): Partial<TraceRequest> {
  const { request } = trace;
  const context = tls?.socket.context;
  if (context === undefined || context === null)
    return isUnread(trace, tls)
      ? { tls: request.tls, sni: request.sni ?? '', alpn: request.alpn }
      : { tls: 'plaintext' };
  return {
    tls: certificateNames(context).length > 0 ? 'mtls' : 'tls',
    sni: upstreamSni(trace, context) ?? '',
    alpn: upstreamAlpn(trace, context),
  };
}

/** The client's TLS goes through this proxy as it is, as it does through a gateway with AUTO_PASSTHROUGH. */
function isUnread(trace: Tracing, tls: UpstreamTls | null): boolean {
  const addsNone = tls === null || tls.socket.context === null;
  return addsNone && trace.http === null && trace.request.tls !== 'plaintext' && trace.connection.isTls;
}

/** The connection comes from this proxy, and the certificate inside it from the client. */
function carriedFrom(node: Node | null, { ip: _, ...client }: Readonly<From>): From {
  return node?.ip == null ? client : { ...client, ip: node.ip };
}

function fromOf(node: Node | null, principal: string | null, client: Readonly<From>): From {
  const ip = node?.ip ?? client.ip;
  const namespace = node?.namespace ?? undefined;
  return {
    ...(ip === undefined ? {} : { ip }),
    ...(principal === null ? {} : { principal }),
    ...(namespace === undefined ? {} : { namespace }),
  };
}

function secretOf({ socket }: UpstreamTls): string {
  return socket.context === null ? 'default' : (certificateNames(socket.context)[0] ?? 'default');
}

/** The client's identity: its own certificate says it, else the service account that Istio would put into one. */
function principalOf(proxy: ProxyConfig, secret: string, assumptions: string[]): string | null {
  const proven = identityOf(proxy, secret);
  if (proven !== null) return proven;
  const { node } = proxy;
  if (node === null || node.serviceAccount === null || node.namespace === null) return null;
  const trustDomain = node.metadata.string('MESH_ID') ?? 'cluster.local';
  const principal = `spiffe://${trustDomain}/ns/${node.namespace}/sa/${node.serviceAccount}`;
  assumptions.push(
    `the client’s certificate names ${principal} (from the service account of its node; the certificate is not in the dump)`,
  );
  return principal;
}
