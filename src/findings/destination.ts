import { stripPort } from '../match/authority.js';
import { formatSocket } from '../model/address.js';
import { searchNames } from '../model/services.js';
import type { TraceResult } from '../trace/result.js';
import { clustersOfHost, portsOfHost, serviceHosts } from './clusters.js';
import type { ObjectRef } from './finding.js';
import { nearHosts } from './near-hosts.js';
import type { Scope } from './rule.js';

/** Where a request wants to go, as far as it says so itself. */
export interface Destination {
  /** Host name without port, from the SNI under TLS and the authority else; null where there is an address alone. */
  readonly host: string | null;
  readonly ip: string | null;
  readonly port: number;
  /** `catalog:8081`, `10.0.0.1:80`. */
  readonly text: string;
}

/** What the mesh knows of a host. */
export interface HostKnowledge {
  /** The name that this proxy’s configuration has for it, with its ports; null where it has none. */
  readonly known: { readonly fqdn: string; readonly ports: readonly number[] } | null;
  /** The same in the configuration of other sidecars of the snapshot. */
  readonly elsewhere: { readonly fqdn: string; readonly proxies: readonly string[] } | null;
  /** Hosts that may have been meant. */
  readonly near: readonly string[];
}

/** Reads the destination of a trace’s request. */
export function destinationOf({ request }: TraceResult): Destination {
  const port = Number(request.port);
  const ip = typeof request.ip === 'string' ? request.ip : null;
  const named = request.tls === 'plaintext' ? request.host : (request.sni ?? request.host);
  const host = typeof named === 'string' ? stripPort(named).toLowerCase() : '';
  const isName = host !== '' && !/^[\d.]+$/.test(host) && !host.includes(':') && !host.startsWith('[');
  const shown = isName ? `${host}:${port}` : ip === null ? `port ${port}` : formatSocket(ip, port);
  return { host: isName ? host : null, ip, port, text: shown };
}

/** The request itself as what is to be changed: its URL, whose path is not seen under TLS. */
export function requestObject({ request }: TraceResult, port = Number(request.port)): ObjectRef {
  const host = stripPort(String(request.host ?? request.sni ?? request.ip ?? ''));
  if (request.protocol === 'tcp') return { kind: 'Request', namespace: null, name: `tcp://${host}:${port}` };
  const isPlain = request.tls === 'plaintext';
  const path = isPlain ? String(request.path ?? '/') : '/';
  return { kind: 'Request', namespace: null, name: `${isPlain ? 'http' : 'https'}://${host}:${port}${path}` };
}

/** Looks a host up in the proxy’s own configuration and in that of the others, completed as the pod’s resolver would. */
export function knowledgeOf({ proxy, snapshot }: Scope, host: string): HostKnowledge {
  const names = searchNames(host, proxy.node?.dnsDomain ?? null);
  const own = names.find(name => clustersOfHost(proxy, name).length > 0);
  if (own !== undefined) return { known: { fqdn: own, ports: portsOfHost(proxy, own) }, elsewhere: null, near: [] };
  const others = snapshot.proxies.filter(other => other !== proxy && other.node?.type === 'sidecar');
  const fqdn = names.find(name => others.some(other => clustersOfHost(other, name).length > 0));
  const proxies = fqdn === undefined ? [] : others.filter(other => clustersOfHost(other, fqdn).length > 0);
  return {
    known: null,
    elsewhere: fqdn === undefined ? null : { fqdn, proxies: proxies.map(({ name }) => name) },
    near: nearHosts(names[0] ?? host, serviceHosts(proxy)),
  };
}
