import { sameIp } from '../../match/cidr.js';
import { formatSocket, isWildcard } from '../../model/address.js';
import { type BoundListener, boundPorts, listenersOnPort } from '../../model/listeners.js';
import type { Resource } from '../../model/resource.js';
import { evidenceOf, istioctl } from '../evidence.js';
import type { Candidate } from '../result.js';
import type { Tracing } from '../tracing.js';

const MAX_CANDIDATES = 8;

/**
 * Which listener decides. `use_original_dst` hands the connection over to the listener bound to exactly the original address and port,
 * then to the wildcard address with that port; else the receiving listener keeps it.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/listener/v3/listener.proto (use_original_dst)
 */
export function listener(trace: Tracing): void {
  if (trace.request.direction === 'gateway') gatewayListener(trace);
  else if (handsOver(trace)) handOver(trace);
  else keepListener(trace, 'it restores the original destination by itself and never hands over');
}

function handsOver(trace: Tracing): boolean {
  return trace.listener?.view.boolean('use_original_dst') === true;
}

function gatewayListener(trace: Tracing): void {
  const { proxy, request } = trace;
  if (proxy.has('listener') === 'absent') {
    trace.undetermined(
      'listener',
      { unknown: 'needs-input', what: 'the listeners section of the dump' },
      'the dump holds no listeners section',
    );
    return;
  }
  const bound = listenersOnPort(proxy, request.port);
  const chosen =
    exactOf(bound, request.ip) ?? wildcardOf(bound, request.ip) ?? (request.ip === null ? bound[0] : undefined);
  if (chosen !== undefined) {
    choose(trace, chosen, `bound to ${formatSocket(chosen.address.ip, chosen.address.port)}`);
    return;
  }
  const why = `no listener is bound to port ${request.port}`;
  if (isCut(trace, why)) return;
  const ports = boundPorts(proxy).slice(0, 20).join(', ');
  trace.step('listener', 'rejected', {
    why,
    details: ports === '' ? [] : [`ports with a listener: ${ports}`],
    candidates: notServing(trace),
  });
  trace.finish('no_listener', `nothing listens on port ${request.port}`);
}

function handOver(trace: Tracing): void {
  const { request } = trace;
  const bound = listenersOnPort(trace.proxy, request.port).filter(({ listener }) => listener !== trace.listener);
  const destination = request.ip === null ? `port ${request.port}` : formatSocket(request.ip, request.port);
  const exact = exactOf(bound, request.ip);
  if (exact !== undefined) {
    choose(trace, exact, `bound to exactly ${destination}`);
    return;
  }
  const wildcard = wildcardOf(bound, request.ip);
  if (isCut(trace, `no listener bound to exactly ${destination}`)) return;
  if (wildcard !== undefined) {
    const others =
      request.ip === null
        ? '; the others are bound to addresses of their own'
        : `; none is bound to ${destination} itself`;
    choose(trace, wildcard, `bound to every address on port ${request.port}${bound.length > 1 ? others : ''}`);
    return;
  }
  keepListener(trace, `no listener is bound to ${destination}, so the receiving one keeps the connection`);
}

function keepListener(trace: Tracing, why: string): void {
  const kept = trace.listener;
  if (kept === null) return;
  trace.step('listener', 'matched', {
    name: kept.name,
    pointer: kept.pointer,
    why,
    candidates: [...losers(trace, kept), ...notServing(trace)].slice(0, MAX_CANDIDATES),
    evidence: [evidenceOf(kept)],
    istioctl: [istioctl.listeners(trace.proxy.name, trace.request.port)],
  });
}

function choose(trace: Tracing, chosen: BoundListener, why: string): void {
  trace.listener = chosen.listener;
  trace.step('listener', 'matched', {
    name: chosen.listener.name,
    pointer: chosen.listener.pointer,
    why,
    candidates: [...losers(trace, chosen.listener), ...notServing(trace)].slice(0, MAX_CANDIDATES),
    evidence: [evidenceOf(chosen.listener)],
    istioctl: [istioctl.listeners(trace.proxy.name, trace.request.port)],
  });
}

/** In a dump that is cut off, a listener that fits better may be in the missing part. */
function isCut(trace: Tracing, why: string): boolean {
  if (trace.proxy.has('listener') !== 'partial') return false;
  trace.undetermined(
    'listener',
    { unknown: 'needs-input', what: 'the rest of the listeners section' },
    `${why} in the part of the dump that there is`,
  );
  return true;
}

function exactOf(bound: readonly BoundListener[], ip: string | null): BoundListener | undefined {
  return ip === null ? undefined : bound.find(({ address }) => !isWildcard(address.ip) && sameIp(address.ip, ip));
}

/** `::` also takes IPv4 where the listener says ipv4_compat; an unknown address is taken as IPv4. */
function wildcardOf(bound: readonly BoundListener[], ip: string | null): BoundListener | undefined {
  const wildcards = bound.filter(({ address }) => isWildcard(address.ip));
  const isV6 = ip?.includes(':') === true;
  const sameFamily = wildcards.find(({ address }) => address.ip.includes(':') === isV6);
  return sameFamily ?? wildcards.find(({ address, listener }) => !isV6 && address.ip === '::' && takesV4(listener));
}

function takesV4(listener: Resource): boolean {
  return listener.addresses.some(address => address.get('socket_address')?.boolean('ipv4_compat') === true);
}

function losers(trace: Tracing, chosen: Resource): Candidate[] {
  return listenersOnPort(trace.proxy, trace.request.port)
    .filter(({ listener }) => listener !== chosen)
    .map(({ listener, address }) => ({
      name: listener.name,
      pointer: listener.pointer,
      criterion: 'address',
      reason: isWildcard(address.ip)
        ? 'a listener bound to the very address comes first'
        : `bound to ${formatSocket(address.ip, address.port)}`,
    }));
}

/** Listeners for the port that Envoy does not serve: warming, draining or rejected. */
function notServing(trace: Tracing): Candidate[] {
  return trace.proxy
    .all('listener')
    .filter(({ state, name }) => state !== 'active' && name?.endsWith(`_${trace.request.port}`) === true)
    .map(({ state, name, pointer, errorDetails }) => ({
      name,
      pointer,
      criterion: 'state',
      reason:
        state === 'error'
          ? `Envoy rejected it${errorDetails === null ? '' : `: ${errorDetails}`}`
          : `it is ${state} and does not serve`,
    }));
}
