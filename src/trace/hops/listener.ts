import { sameIp } from '../../match/cidr.js';
import { addressOf, formatSocket, isWildcard } from '../../model/address.js';
import { type BoundListener, boundPorts, listenersOnPort } from '../../model/listeners.js';
import type { Resource } from '../../model/resource.js';
import { evidenceOf, istioctl } from '../evidence.js';
import type { Tracing } from '../tracing.js';
import { bindsPort, listenersElsewhere, otherListeners } from './listener-candidates.js';

/**
 * Which listener decides. `use_original_dst` hands the connection over to the listener bound to exactly the original address and port,
 * then to the wildcard address with that port; else the receiving listener keeps it.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/listener/v3/listener.proto (use_original_dst)
 */
export function listener(trace: Tracing): void {
  if (trace.listener === null) boundListener(trace);
  else if (handsOver(trace)) handOver(trace);
  else choose(trace, trace.listener, 'it restores the original destination by itself and never hands over');
}

function handsOver(trace: Tracing): boolean {
  return trace.listener?.view.boolean('use_original_dst') === true;
}

/** A gateway is connected to directly, as is what iptables leaves alone: only listeners with a socket of their own take anything. */
function boundListener(trace: Tracing): void {
  const { proxy, request } = trace;
  if (proxy.has('listener') === 'absent') {
    const unknown = { unknown: 'needs-input', what: 'the listeners section of the dump' } as const;
    trace.undetermined('listener', unknown, 'the dump holds no listeners section');
    return;
  }
  const bound = listenersOnPort(proxy, request.port).filter(({ listener }) => bindsPort(listener));
  const chosen =
    exactOf(bound, request.ip) ?? wildcardOf(bound, request.ip) ?? (request.ip === null ? bound[0] : undefined);
  if (chosen !== undefined)
    choose(trace, chosen.listener, `bound to ${formatSocket(chosen.address.ip, chosen.address.port)}`);
  else if (!isCut(trace, `no listener is bound to port ${request.port}`)) refuse(trace);
}

function refuse(trace: Tracing): void {
  const { proxy, request } = trace;
  const ports = boundPorts(proxy).slice(0, 20).join(', ');
  const pipes = proxy.active('listener').flatMap(pipesOf);
  trace.step('listener', 'rejected', {
    why: `no listener is bound to port ${request.port}`,
    details: [
      ...(ports === '' ? [] : [`ports with a listener: ${ports}`]),
      ...(pipes.length === 0 ? [] : [`unix sockets with a listener: ${pipes.join(', ')}`]),
    ],
    candidates: [...otherListeners(proxy, request.port, null), ...listenersElsewhere(proxy, request.port)],
    istioctl: [istioctl.allListeners(proxy.name)],
  });
  trace.finish('no_listener', `nothing listens on port ${request.port}`);
}

function pipesOf({ addresses }: Resource): string[] {
  return addresses.map(addressOf).flatMap(address => (address?.kind === 'pipe' ? [address.path] : []));
}

function handOver(trace: Tracing): void {
  const { request, listener: receiving } = trace;
  if (receiving === null) return;
  const bound = listenersOnPort(trace.proxy, request.port).filter(({ listener }) => listener !== receiving);
  const destination = request.ip === null ? `port ${request.port}` : formatSocket(request.ip, request.port);
  const exact = exactOf(bound, request.ip);
  if (exact !== undefined) {
    choose(trace, exact.listener, `bound to exactly ${destination}`);
    return;
  }
  if (isCut(trace, `no listener bound to exactly ${destination}`)) return;
  const wildcard = wildcardOf(bound, request.ip);
  if (wildcard === undefined)
    choose(trace, receiving, `no listener is bound to ${destination}, so the receiving one keeps the connection`);
  else
    choose(
      trace,
      wildcard.listener,
      `bound to every address on port ${request.port}${among(bound, destination, request.ip)}`,
    );
}

function among(bound: readonly BoundListener[], destination: string, ip: string | null): string {
  if (bound.length < 2) return '';
  return ip === null ? '; the others are bound to addresses of their own' : `; none is bound to ${destination} itself`;
}

function choose(trace: Tracing, chosen: Resource, why: string): void {
  const { proxy, request } = trace;
  trace.listener = chosen;
  trace.step('listener', 'matched', {
    name: chosen.name,
    pointer: chosen.pointer,
    why,
    candidates: otherListeners(proxy, request.port, chosen),
    evidence: [evidenceOf(chosen)],
    istioctl: [istioctl.listeners(proxy.name, request.port)],
  });
}

/** In a dump that is cut off, a listener that fits better may be in the missing part. */
function isCut(trace: Tracing, why: string): boolean {
  if (trace.proxy.has('listener') !== 'partial') return false;
  const unknown = { unknown: 'needs-input', what: 'the rest of the listeners section' } as const;
  trace.undetermined('listener', unknown, `${why} in the part of the dump that there is`);
  return true;
}

function exactOf(bound: readonly BoundListener[], ip: string | null): BoundListener | undefined {
  return ip === null ? undefined : bound.find(({ address }) => !isWildcard(address.ip) && sameIp(address.ip, ip));
}

/** `::` also takes IPv4 where that address says ipv4_compat; an unknown destination is taken as IPv4. */
function wildcardOf(bound: readonly BoundListener[], ip: string | null): BoundListener | undefined {
  const wildcards = bound.filter(({ address }) => isWildcard(address.ip));
  const isV6 = ip?.includes(':') === true;
  const sameFamily = wildcards.find(({ address }) => address.ip.includes(':') === isV6);
  return sameFamily ?? wildcards.find(({ address, listener }) => !isV6 && address.ip === '::' && takesV4(listener));
}

function takesV4(listener: Resource): boolean {
  return listener.addresses
    .map(address => address.get('socket_address'))
    .some(socket => socket?.string('address') === '::' && socket.boolean('ipv4_compat'));
}
