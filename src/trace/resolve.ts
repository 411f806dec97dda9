import { parseIp } from '../match/cidr.js';
import { formatHost, formatSocket } from '../model/address.js';
import { listenersOnPort } from '../model/listeners.js';
import { nodeAddresses } from '../model/node.js';
import { oncePer } from '../model/once.js';
import type { ProxyConfig } from '../model/proxy.js';
import { knownHosts, lookUpService } from '../model/services.js';
import { isWaypoint } from '../model/waypoint.js';
import { defaultAlpn } from './alpn.js';
import { HTTP_10 } from './http-version.js';
import { NearNames } from './nearest.js';
import type { Direction, From, Protocol, ResolvedRequest, Tls, TraceRequest } from './request.js';
import { parseTarget, RequestError, type Target } from './target.js';
import { writtenRequest } from './written-request.js';

/** A request with its defaults, and what had to be assumed for them. */
export interface Resolved {
  readonly request: ResolvedRequest;
  readonly assumptions: readonly string[];
  /** A host that nothing in the configuration names, and hosts with names like it; null when it is known or an address. */
  readonly unknownHost: UnknownHost | null;
  /** The host that was asked for, by its full name where the configuration has one, if its address is not known; null else. */
  readonly withoutAddress: string | null;
  /** The same object for requests through a proxy that are known to differ in nothing but id and path. */
  readonly kind: object;
}

interface UnknownHost {
  readonly name: string;
  readonly near: readonly string[];
}

/**
 * Fills in a request's defaults against one proxy's configuration (`position` is its default id).
 * Throws {@link RequestError} where it cannot be read.
 */
export function resolveRequest(
  written: TraceRequest,
  proxy: ProxyConfig,
  position = 1,
  assumed: readonly string[] = [],
): Resolved {
  const request = writtenRequest(written);
  const target = targetOf(request);
  const assumptions: string[] = [...assumed];
  const destination = destinationOf(request, target, proxy, assumptions);
  const direction = request.direction ?? directionOf(proxy, destination.ip);
  const port =
    direction === 'gateway' && request.port === undefined ? gatewayPort(proxy, target.port, assumptions) : target.port;
  const protocol = request.protocol ?? protocolOf(target);
  const method = (request.method ?? (protocol === 'grpc' ? 'POST' : 'GET')).toUpperCase();
  const tls = request.tls ?? (target.scheme === 'https' ? 'tls' : 'plaintext');
  const host = protocol === 'tcp' ? (request.host ?? null) : hostOf(request, target, tls);
  return {
    request: {
      id: request.id ?? String(position),
      direction,
      protocol,
      tls,
      sni: sniOf(request, host ?? target.host, tls),
      alpn: alpnOf(request, tls, protocol, proxy),
      ip: destination.ip,
      port,
      host,
      path: request.path || target.path || (method === 'CONNECT' ? '' : '/'),
      method,
      headers: headersOf(request, protocol),
      claims: request.claims ?? null,
      from: fromOf(request, proxy, direction, assumptions),
      random: request.random ?? null,
    },
    assumptions,
    unknownHost: destination.unknownHost,
    withoutAddress: destination.withoutAddress,
    kind: {},
  };
}

/** Where the request goes: `to`, or `ip` and `port`, which win over it. */
function targetOf(request: TraceRequest): Target {
  if (request.to !== undefined) {
    const target = parseTarget(request.to);
    return { ...target, port: request.port ?? target.port };
  }
  if (request.ip === undefined || request.port === undefined) {
    throw new RequestError('the request has no destination', 'Give `to` (host:port or a URL), or `ip` and `port`.');
  }
  return { host: request.ip, port: request.port, path: null, scheme: null };
}

function destinationOf(request: TraceRequest, target: Target, proxy: ProxyConfig, assumptions: string[]): Addressed {
  if (request.ip !== undefined) return addressed(request.ip);
  if (request.direction === 'inbound' && proxy.node?.ip && !isWaypoint(proxy)) return addressed(proxy.node.ip);
  if (parseIp(target.host) !== null) return addressed(target.host);
  if (request.direction === 'gateway' || proxy.node?.type === 'router') return addressed(proxy.node?.ip ?? null);
  const { fqdn, ip, from } = lookUpService(proxy, target.host, target.port);
  if (ip !== null && from !== null) {
    assumptions.push(`${target.host} resolves to ${ip} (${from})`);
    return addressed(ip);
  }
  assumptions.push(
    fqdn === null
      ? `${target.host} is not in this proxy’s configuration: taken as an outside address that no listener is bound to`
      : `the address of ${fqdn} is not in this proxy’s configuration: taken as one that no listener is bound to`,
  );
  const isUnknown = fqdn === null && proxy.has('cluster') === 'complete';
  return {
    ip: null,
    unknownHost: isUnknown ? { name: target.host, near: nearHosts(proxy, target.host) } : null,
    withoutAddress: isUnknown ? target.host : fqdn,
  };
}

/** Where a request goes, as far as the configuration tells. */
type Addressed = { readonly ip: string | null } & Pick<Resolved, 'unknownHost' | 'withoutAddress'>;

function addressed(ip: string | null): Addressed {
  return { ip, unknownHost: null, withoutAddress: null };
}

/** Enough of the first label is the same for the user to have meant it. */
const ALIKE = 0.6;

const MAX_NEAR = 3;

const namesOf = oncePer((proxy: ProxyConfig) => new NearNames([...knownHosts(proxy)].sort(), name => [name]));

function nearHosts(proxy: ProxyConfig, host: string): string[] {
  return namesOf(proxy).nearest(host, MAX_NEAR, { atLeast: ALIKE });
}

/** A gateway takes what its listeners are bound to; a sidecar's own address is inbound; all else goes out. */
function directionOf(proxy: ProxyConfig, ip: string | null): Direction {
  const { node } = proxy;
  if (isWaypoint(proxy)) return 'inbound';
  if (node?.type === 'router') return 'gateway';
  if (node !== null && ip !== null && nodeAddresses(node).includes(ip)) return 'inbound';
  if (node?.type === 'sidecar') return 'outbound';
  return listenersOnPort(proxy, 15001).length > 0 ? 'outbound' : 'gateway';
}

/** A gateway's Service maps its port to the one that Envoy listens on; where the configuration shows how, follow it. */
function gatewayPort(proxy: ProxyConfig, port: number, assumptions: string[]): number {
  if (listenersOnPort(proxy, port).length > 0 || proxy.node === null) return port;
  const own = new Set(nodeAddresses(proxy.node));
  const name = `outbound|${port}||`;
  for (const cluster of proxy.containing('endpoint', name)) {
    if (cluster.state !== 'active' || !cluster.name?.startsWith(name)) continue;
    const sockets = cluster.view
      .list('endpoints')
      .flatMap(group =>
        group.list('lb_endpoints').map(endpoint => endpoint.path('endpoint', 'address', 'socket_address')),
      );
    const target = sockets.find(socket => own.has(socket?.string('address') ?? ''))?.number('port_value');
    if (target === undefined || listenersOnPort(proxy, target).length === 0) continue;
    assumptions.push(`the gateway’s Service maps port ${port} to ${target} (endpoints of ${cluster.name})`);
    return target;
  }
  return port;
}

function protocolOf(target: Target): Protocol {
  if (target.scheme === 'tcp') return 'tcp';
  return target.scheme === 'grpc' ? 'grpc' : 'http';
}

/** What a client puts into Host: the port only where it is not the scheme's own. */
function hostOf(request: TraceRequest, target: Target, tls: Tls): string | null {
  if (request.host !== undefined) return request.host === '' ? null : request.host;
  if (request.to === undefined) return formatSocket(target.host, target.port);
  const ownPort = tls === 'plaintext' ? 80 : 443;
  return target.port === ownPort ? formatHost(target.host) : formatSocket(target.host, target.port);
}

function sniOf(request: TraceRequest, host: string, tls: Tls): string | null {
  if (tls === 'plaintext') return null;
  if (request.sni !== undefined) return request.sni === '' ? null : request.sni;
  const name = host.replace(/:\d+$/, '');
  return parseIp(name.replace(/[[\]]/g, '')) === null ? name : null;
}

/** Plaintext has no ALPN; what it may say there is that the client speaks HTTP/1.0. */
function alpnOf(request: TraceRequest, tls: Tls, protocol: Protocol, proxy: ProxyConfig): string[] {
  if (tls === 'plaintext') return (request.alpn ?? []).filter(name => name === HTTP_10);
  return request.alpn ?? defaultAlpn(tls, protocol, proxy);
}

function headersOf(request: TraceRequest, protocol: Protocol): Map<string, readonly string[]> {
  const headers = new Map<string, readonly string[]>();
  for (const [name, value] of Object.entries(request.headers ?? {})) {
    const values = Array.isArray(value) ? value : [value];
    headers.set(name.toLowerCase(), [...(headers.get(name.toLowerCase()) ?? []), ...values.map(String)]);
  }
  if (protocol === 'grpc' && !headers.has('content-type')) headers.set('content-type', ['application/grpc']);
  return headers;
}

/** Policies write identities without their scheme, as a user may; certificates hold `spiffe://DOMAIN/ns/NAMESPACE/sa/ACCOUNT`. */
function spiffeId(principal: string): string {
  return /^[^/:]+\/ns\/[^/]+\/sa\/[^/]+$/.test(principal) ? `spiffe://${principal}` : principal;
}

function fromOf(request: TraceRequest, proxy: ProxyConfig, direction: Direction, assumptions: string[]): From {
  const from: From = { ...request.from };
  if (from.principal !== undefined) from.principal = spiffeId(from.principal);
  if (from.principal !== undefined && from.namespace === undefined) {
    const namespace = /\/ns\/([^/]+)\/sa\//.exec(from.principal)?.[1];
    if (namespace !== undefined) from.namespace = namespace;
  }
  if (direction === 'outbound' && from.ip === undefined && proxy.node !== null && proxy.node.ip !== null) {
    from.ip = proxy.node.ip;
    assumptions.push(`the request comes from the pod itself (${proxy.node.ip})`);
  }
  return from;
}
