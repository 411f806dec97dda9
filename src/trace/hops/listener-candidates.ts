import { addressOf, formatSocket, isWildcard } from '../../model/address.js';
import { boundListeners, listenersOnPort, udpListenersOnPort } from '../../model/listeners.js';
import type { ProxyConfig } from '../../model/proxy.js';
import type { Resource } from '../../model/resource.js';
import type { Candidate } from '../result.js';

const MAX_CANDIDATES = 8;

/** The listeners that could have taken a connection to a port beside the chosen one, and why they do not. */
export function otherListeners(proxy: ProxyConfig, port: number, chosen: Resource | null): Candidate[] {
  return [...bound(proxy, port, chosen), ...ofUdp(proxy, port), ...notServing(proxy, port)].slice(0, MAX_CANDIDATES);
}

/** The listeners that take connections to other ports; none is chosen for this one. */
export function listenersElsewhere(proxy: ProxyConfig, port: number): Candidate[] {
  return boundListeners(proxy)
    .filter(({ listener, address }) => address.port !== port && bindsPort(listener))
    .map(({ listener, address: { ip, port } }) => candidate(listener, 'port', `bound to ${formatSocket(ip, port)}`))
    .slice(0, MAX_CANDIDATES);
}

/** `bind_to_port: false`, or v2's `deprecated_v1`: the listener opens no socket, only a hand-over reaches it. */
export function bindsPort({ view }: Resource): boolean {
  return view.boolean('bind_to_port', view.get('deprecated_v1')?.boolean('bind_to_port', true) ?? true);
}

function bound(proxy: ProxyConfig, port: number, chosen: Resource | null): Candidate[] {
  return listenersOnPort(proxy, port)
    .filter(({ listener }) => listener !== chosen)
    .map(({ listener, address }) => candidate(listener, 'address', reasonOf(listener, address, chosen)));
}

function reasonOf(listener: Resource, { ip, port }: { ip: string; port: number }, chosen: Resource | null): string {
  if (chosen === null && !bindsPort(listener))
    return 'it binds no port (bind_to_port false): only a hand-over from another listener reaches it';
  return isWildcard(ip) && chosen !== null
    ? 'a listener bound to the very address comes first'
    : `bound to ${formatSocket(ip, port)}`;
}

/** UDP, and QUIC over it, is never looked at for a TCP connection. */
function ofUdp(proxy: ProxyConfig, port: number): Candidate[] {
  const listeners = new Set(udpListenersOnPort(proxy, port).map(({ listener }) => listener));
  return [...listeners].map(listener => {
    const quic = listener.view.get('udp_listener_config')?.has('quic_options') === true;
    return candidate(listener, 'address', `it takes UDP${quic ? ' (QUIC, for HTTP/3)' : ''}, not TCP`);
  });
}

/** Listeners at the port that Envoy does not serve: warming, draining or rejected. */
function notServing(proxy: ProxyConfig, port: number): Candidate[] {
  return proxy
    .all('listener')
    .filter(listener => listener.state !== 'active' && (isAt(listener, port) || isNamedFor(listener, port)))
    .map(listener => candidate(listener, 'state', stateOf(listener)));
}

/** A rejected update may not show its address: Istio's names end with the port. */
function isNamedFor({ name }: Resource, port: number): boolean {
  return name?.endsWith(`_${port}`) === true;
}

function isAt(listener: Resource, port: number): boolean {
  return listener.addresses.map(addressOf).some(at => at?.kind === 'socket' && at.port === port && !at.isUdp);
}

function stateOf({ state, errorDetails }: Resource): string {
  if (state !== 'error') return `it is ${state} and does not serve`;
  return `Envoy rejected it${errorDetails === null ? '' : `: ${errorDetails}`}`;
}

function candidate({ name, pointer }: Resource, criterion: string, reason: string): Candidate {
  return { name, pointer, criterion, reason };
}
