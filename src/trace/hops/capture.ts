import { cidrContains, cidrOf, parseIp, sameIp } from '../../match/cidr.js';
import { formatSocket, isWildcard } from '../../model/address.js';
import { notCaptured } from '../../model/interception.js';
import { listenersOnPort } from '../../model/listeners.js';
import type { Resource } from '../../model/resource.js';
import { isWaypoint, type TunnelEntry, tunnelEntryOf } from '../../model/waypoint.js';
import { evidenceIn, evidenceOf, istioctl } from '../evidence.js';
import { isOwnAddress } from '../own-address.js';
import { passThrough } from '../pass-through.js';
import type { Tracing } from '../tracing.js';
import { bindsPort, otherListeners } from './listener-candidates.js';

const OUTBOUND_PORT = 15001;
const INBOUND_PORT = 15006;

/**
 * Which listener gets the connection first. iptables sends outbound TCP to 15001 and inbound to 15006; Istio 1.1 has 15001 for both
 * (https://istio.io/latest/docs/ops/deployment/application-requirements/#ports-used-by-istio). A gateway is connected to directly.
 */
export function capture(trace: Tracing): void {
  const { proxy, request } = trace;
  if (request.direction === 'gateway') return;
  const tunnel = request.direction === 'inbound' && isWaypoint(proxy) ? tunnelEntryOf(proxy) : null;
  if (tunnel !== null) {
    endTunnel(trace, tunnel);
    return;
  }
  const excluded = leftOut(trace);
  if (excluded !== null) {
    if (isListenedTo(trace)) meetListener(trace, excluded);
    else passBy(trace, excluded);
    return;
  }
  if (proxy.has('listener') === 'absent') {
    const what = 'the listeners section of the dump';
    trace.undetermined('capture', { unknown: 'needs-input', what }, 'the dump holds no listeners section');
    return;
  }
  const port =
    request.direction === 'inbound' && listenersOnPort(proxy, INBOUND_PORT).length > 0 ? INBOUND_PORT : OUTBOUND_PORT;
  trace.listener = captureListener(trace, port);
  if (trace.listener === null) {
    missingCapture(trace, port);
    return;
  }
  trace.step('capture', 'matched', {
    name: trace.listener.name,
    pointer: trace.listener.pointer,
    why: `iptables sends ${request.direction} TCP to port ${port}`,
    details:
      proxy.node?.metadata.string('INTERCEPTION_MODE') === 'TPROXY'
        ? ['by TPROXY: Envoy sees both addresses unchanged']
        : [],
    evidence: [evidenceOf(trace.listener)],
    istioctl: [istioctl.listeners(proxy.name, port)],
  });
  trace.assumptions.add(`the pod’s iptables rules are Istio’s own (they are not in a dump)`);
  if (request.direction === 'outbound' && request.ip !== null && isOwnAddress(proxy, request.ip))
    trace.assumptions.add(
      `something brings the pod’s connection to itself (${request.ip}) to Envoy: Istio’s iptables rules do not`,
    );
}

function leftOut({ proxy, request: { direction, ip, port } }: Tracing): string | null {
  if (direction === 'gateway') return null;
  return notCaptured(proxy.node, { direction, ip, port }, contains);
}

/** A socket of Envoy’s own in the pod takes what iptables leaves alone: that of readiness or metrics, or of a Sidecar without capture. */
function isListenedTo({ proxy, request }: Tracing): boolean {
  if (request.direction === 'outbound' && (request.ip === null || !isOwnAddress(proxy, request.ip))) return false;
  return listenersOnPort(proxy, request.port).some(
    ({ listener, address }) =>
      bindsPort(listener) && (isWildcard(address.ip) || request.ip === null || sameIp(address.ip, request.ip)),
  );
}

function meetListener(trace: Tracing, excluded: string): void {
  const { proxy, request } = trace;
  const why = `${excluded}; Envoy itself listens there`;
  const istioctlCalls = [istioctl.listeners(proxy.name, request.port)];
  trace.step('capture', 'matched', {
    why,
    evidence: evidenceIn(proxy.active('bootstrap')[0], proxy.node?.metadata.pointer),
    istioctl: istioctlCalls,
  });
}

function contains(cidr: string, ip: string): boolean {
  const range = cidrOf(cidr);
  const address = parseIp(ip);
  return range !== null && address !== null && cidrContains(range, address);
}

function passBy(trace: Tracing, why: string): void {
  const { proxy, request } = trace;
  const { ip, port, direction } = request;
  const evidence = evidenceIn(proxy.active('bootstrap')[0], proxy.node?.metadata.pointer);
  trace.step('capture', 'rejected', { why, evidence, istioctl: [istioctl.bootstrap(proxy.name)] });
  const address = ip !== null && direction === 'outbound' ? formatSocket(ip, port) : null;
  passThrough(trace, address, `without Envoy: ${why}`);
}

/** A waypoint is reached by HBONE only: the tunnel ends, and the inner connection goes on at the main internal listener. */
function endTunnel(trace: Tracing, { tunnelEnd, main }: TunnelEntry): void {
  trace.listener = main;
  trace.isTunnelled = true;
  trace.step('capture', 'matched', {
    name: tunnelEnd.name,
    pointer: tunnelEnd.pointer,
    why: `the client’s HBONE tunnel (CONNECT over mutual TLS) ends here, on port 15008, and hands the connection to ${main.name}`,
    evidence: [evidenceOf(tunnelEnd)],
    istioctl: [istioctl.listeners(trace.proxy.name, 15008)],
  });
}

function missingCapture(trace: Tracing, port: number): void {
  const why = `no listener is bound to port ${port}, where iptables sends ${trace.request.direction} TCP`;
  if (trace.proxy.has('listener') === 'partial') {
    trace.undetermined(
      'capture',
      { unknown: 'needs-input', what: 'the rest of the listeners section' },
      `${why}, in the part of the dump that there is`,
    );
    return;
  }
  trace.step('capture', 'rejected', { why, candidates: otherListeners(trace.proxy, port, null) });
  trace.finish('no_listener', why);
}

/** The wildcard listener of the port, of the destination's address family where both are there. */
function captureListener(trace: Tracing, port: number): Resource | null {
  const bound = listenersOnPort(trace.proxy, port);
  const isV6 = trace.request.ip?.includes(':') === true;
  const sameFamily = bound.find(({ address }) => address.ip.includes(':') === isV6);
  return (sameFamily ?? bound[0])?.listener ?? null;
}
