import { parseIp } from '../../match/cidr.js';
import { needsInput, type Unknown } from '../../match/ternary.js';
import { formatSocket, splitSocket } from '../../model/address.js';
import { extensionOf } from '../../model/extension.js';
import type { View } from '../../model/view.js';
import { evidenceIn, istioctl } from '../evidence.js';
import { loopAt, ownCapturePort } from '../own-address.js';
import type { Tracing } from '../tracing.js';
import { TUNNEL_METADATA } from '../tunnel.js';
import { socketFor } from '../upstream-socket.js';
import { overflows } from './circuit-breakers.js';
import { forwarded } from './forwarded.js';

const DEFAULT_HEADER = 'x-envoy-original-dst-host';

interface Destination {
  readonly ip: string | null;
  readonly port: number;
  /** What gave it. */
  readonly from: string;
}

/**
 * An original-destination cluster dials what dynamic metadata or a header names, where it is told to look there, else where the client
 * wanted to go; `upstream_port_override` then changes the port.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/cluster/v3/cluster.proto (OriginalDstLbConfig),
 * https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/upstream/service_discovery#original-destination
 */
export function originalDestination(trace: Tracing, cluster: View): void {
  const config = cluster.get('original_dst_lb_config');
  const key = config?.get('metadata_key');
  const byKey = key === undefined ? null : byMetadata(trace, key);
  if (byKey !== null && 'unknown' in byKey) {
    const why = `the cluster takes the destination from ${byKey.what}, which filters set at run time`;
    trace.undetermined('endpoints', byKey, why);
    return;
  }
  const named = byKey ?? (config?.boolean('use_http_header') === true ? byHeader(trace, config) : null);
  const found = named ?? byConnection(trace);
  if (found === null) noDestination(trace);
  else dial(trace, cluster, { ...found, port: config?.number('upstream_port_override') ?? found.port });
}

/**
 * Filters set dynamic metadata at run time; behind an internal listener they are those of the endpoint that led there, where Istio keeps the
 * waypoint in front of it (istio/istio pilot/pkg/networking/core/cluster_waypoint.go, buildConnectOriginate).
 */
function byMetadata({ tunnel }: Tracing, key: View): Destination | Unknown | null {
  const name = [key.string('key') ?? '', ...key.list('path').map(part => part.string('key') ?? '')].join('/');
  if (tunnel === null || name !== `${TUNNEL_METADATA}/waypoint`) return needsInput(`dynamic metadata ${name}`);
  const { ip, port } = splitSocket(tunnel.waypoint ?? '');
  return port === undefined ? null : { ip, port, from: 'the endpoint’s metadata (waypoint)' };
}

/** Only the first value counts, and only an address with a port: anything else is as if there were no header. */
function byHeader(trace: Tracing, config: View): Destination | null {
  const name = (config.string('http_header_name') || DEFAULT_HEADER).toLowerCase();
  const value = trace.http?.headers.get(name)?.split(',')[0]?.trim();
  if (value === undefined) return null;
  const [, v6, v4, port] = /^(?:\[([^\]]+)\]|([^:[\]]+)):(\d{1,5})$/.exec(value) ?? [];
  const ip = v6 ?? v4 ?? '';
  if (parseIp(ip) === null || Number(port) > 65535) {
    trace.assumptions.add(`header ${name} (${value}) is no address with a port: Envoy goes on without it`);
    return null;
  }
  return { ip, port: Number(port), from: `header ${name}` };
}

/** The connection's own address counts only where something restored it: iptables’ hand-over, or the original_dst listener filter. */
function byConnection({ request, listener }: Tracing): Destination | null {
  const restores = listener?.view.list('listener_filters').some(filter => extensionOf(filter).kind === 'original_dst');
  const isCaptured = request.direction !== 'gateway' || restores === true;
  const isHandedOver = listener?.view.boolean('use_original_dst') === true;
  if (!isCaptured && !isHandedOver) return null;
  return { ip: request.ip, port: request.port, from: 'the original destination' };
}

function noDestination(trace: Tracing): void {
  const why = 'nothing restores this connection’s original destination, which the cluster wants to dial';
  trace.step('endpoints', 'rejected', { name: trace.cluster, evidence: evidenceIn(trace.clusterResource), why });
  trace.finish('no_healthy_upstream', why);
}

function dial(trace: Tracing, cluster: View, { ip, port, from }: Destination): void {
  const known = ip === null ? null : formatSocket(ip, port);
  const address = known ?? `port ${port} of the original address`;
  const tls = socketFor(cluster, null).mode;
  trace.endpoints = [{ address, health: 'UNKNOWN', priority: 0, locality: '', share: 1, tls }];
  const parts = {
    name: trace.cluster,
    evidence: evidenceIn(trace.clusterResource),
    istioctl: [istioctl.endpoints(trace.proxy.name, trace.cluster ?? '')],
  };
  if (known !== null && ownCapturePort(trace.proxy, known)) {
    const why = loopAt(known);
    trace.step('endpoints', 'rejected', { ...parts, why });
    trace.finish('loop', why);
    return;
  }
  if (overflows(trace)) return;
  trace.step('endpoints', 'matched', { ...parts, why: known === null ? from : `${from}, ${known}` });
  const where = from === 'the original destination' ? from : `what ${from} names,`;
  forwarded(trace, known === null ? `at ${from}` : `at ${where} ${known}`);
}
