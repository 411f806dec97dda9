import { extensionOf } from '../../model/extension.js';
import type { Host } from '../../model/hosts.js';
import {
  alpnProtocols,
  certificateNames,
  socketOf,
  type TransportSocket,
  transportSocketOf,
  validationName,
} from '../../model/transport-socket.js';
import type { View } from '../../model/view.js';
import { evidenceOf } from '../evidence.js';
import { usableHosts } from '../hosts.js';
import { nameMatchers } from '../peer-names.js';
import type { Tracing } from '../tracing.js';

/** How a cluster secures the connection to one endpoint. */
export interface UpstreamTls {
  readonly socket: TransportSocket;
  /** `plaintext`, `tls`, `mtls`; `unknown` where it depends on the endpoint's metadata and these are not known. */
  readonly mode: string;
  readonly pointer: string;
}

/**
 * TLS towards the endpoints: `transport_socket_matches` by the endpoint's metadata, first match, else the cluster's own socket.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/cluster/v3/cluster.proto (transport_socket_matches)
 */
export function upstreamTls(trace: Tracing): void {
  const { clusterResource } = trace;
  if (clusterResource === null) return;
  const { view } = clusterResource;
  const { hosts } = usableHosts(trace);
  const modes = new Map<string, { tls: UpstreamTls; count: number }>();
  for (const host of hosts) {
    const tls = socketFor(view, host);
    const known = modes.get(tls.pointer);
    if (known === undefined) modes.set(tls.pointer, { tls, count: 1 });
    else known.count++;
  }
  const groups = modes.size > 0 ? [...modes.values()] : [{ tls: socketFor(view, null), count: 0 }];
  const main = groups.reduce((a, b) => (b.count > a.count ? b : a));
  trace.step('upstream-tls', main.tls.mode === 'unknown' ? 'needs-input' : 'matched', {
    name: main.tls.socket.name,
    pointer: main.tls.pointer,
    why: groups
      .map(
        ({ tls, count }) =>
          `${count === 0 || groups.length === 1 ? '' : `${count} endpoints: `}${describeMode(trace, tls)}`,
      )
      .join('; '),
    details: main.tls.socket.context === null ? [] : describeContext(trace, main.tls.socket.context),
    evidence: [evidenceOf(clusterResource, main.tls.pointer)],
  });
}

/** The transport socket that a cluster uses towards a host; its own where no host is known. */
export function socketFor(cluster: View, host: Host | null): UpstreamTls {
  const metadata = host?.metadata('envoy.transport_socket_match') ?? {};
  if (host?.hasMetadata === false && cluster.list('transport_socket_matches').some(dependsOnMetadata))
    return { socket: UNKNOWN_SOCKET, mode: 'unknown', pointer: cluster.at('transport_socket_matches') };
  for (const candidate of cluster.list('transport_socket_matches')) {
    const wanted = candidate.get('match')?.value ?? {};
    if (host === null && Object.keys(wanted).length > 0) continue;
    if (!Object.entries(wanted).every(([key, value]) => JSON.stringify(metadata[key]) === JSON.stringify(value)))
      continue;
    const socket = candidate.get('transport_socket');
    if (socket !== undefined) return withMode(socketOf(socket), candidate.pointer);
  }
  return withMode(
    transportSocketOf(cluster),
    cluster.at(cluster.has('tls_context') ? 'tls_context' : 'transport_socket'),
  );
}

const UNKNOWN_SOCKET: TransportSocket = { kind: 'unknown', context: null, name: null };

function dependsOnMetadata(candidate: View): boolean {
  return Object.keys(candidate.get('match')?.value ?? {}).length > 0;
}

function withMode(socket: TransportSocket, pointer: string): UpstreamTls {
  const mode =
    socket.context === null
      ? socket.kind === 'raw_buffer'
        ? 'plaintext'
        : socket.kind
      : certificateNames(socket.context).length > 0
        ? 'mtls'
        : 'tls';
  return { socket, mode, pointer };
}

function describeMode(trace: Tracing, { socket, mode }: UpstreamTls): string {
  if (mode === 'unknown')
    return 'TLS or plaintext by the endpoints’ metadata, which /clusters does not show: fetch the dump with include_eds';
  if (socket.context === null) {
    if (mode !== 'plaintext') return `transport socket ${mode}`;
    return trace.connection.isTls ? 'adds no TLS: the client’s own goes on as it is' : 'plaintext';
  }
  return `${mode === 'mtls' ? 'mutual TLS' : 'TLS'}, SNI ${upstreamSni(trace, socket.context) ?? 'none'}`;
}

/** `auto_sni` takes the SNI from the host that the upstream gets. */
export function upstreamSni(trace: Tracing, context: View): string | null {
  const options = trace.clusterResource?.view
    .entries('typed_extension_protocol_options')
    .find(([key]) => key.endsWith('HttpProtocolOptions'))?.[1];
  const http =
    options?.get('upstream_http_protocol_options') ?? trace.clusterResource?.view.get('upstream_http_protocol_options');
  const host = trace.rewrite.host ?? trace.http?.host;
  if (http?.boolean('auto_sni') === true && host !== undefined && host !== null) return host.replace(/:\d+$/, '');
  return context.string('sni') || null;
}

/** The istio.alpn filter replaces the socket's own ALPN by the protocol's. */
export function upstreamAlpn(trace: Tracing, context: View): string[] {
  const filter = trace.isTcp
    ? undefined
    : trace.terminal?.config
        .list('http_filters')
        .map(extensionOf)
        .find(({ kind }) => kind === 'alpn');
  const protocol = upstreamProtocol(trace);
  const override = filter?.config
    .list('alpn_override')
    .find(item => (item.string('upstream_protocol') ?? 'HTTP10') === protocol);
  return override?.strings('alpn_override') ?? alpnProtocols(context);
}

/** The protocol towards the upstream, in the alpn filter's words. */
export function upstreamProtocol(trace: Tracing): 'HTTP11' | 'HTTP2' {
  const view = trace.clusterResource?.view;
  const options = view
    ?.entries('typed_extension_protocol_options')
    .find(([key]) => key.endsWith('HttpProtocolOptions'))?.[1];
  if (options?.get('use_downstream_protocol_config') !== undefined)
    return trace.request.protocol === 'http' ? 'HTTP11' : 'HTTP2';
  const explicit = options?.get('explicit_http_config');
  return explicit?.has('http2_protocol_options') === true || view?.has('http2_protocol_options') === true
    ? 'HTTP2'
    : 'HTTP11';
}

function describeContext(trace: Tracing, context: View): string[] {
  const details: string[] = [];
  const certificates = certificateNames(context);
  if (certificates.length > 0) details.push(`client certificate: ${certificates.join(', ')}`);
  const names = nameMatchers(context).flatMap(matcher => Object.values(matcher.value).map(String));
  if (names.length > 0) details.push(`server must be: ${names.join(' or ')}`);
  const validation = validationName(context);
  if (validation !== null) details.push(`checked against: ${validation}`);
  const alpn = upstreamAlpn(trace, context);
  if (alpn.length > 0) details.push(`ALPN: ${alpn.join(', ')}`);
  return details;
}
