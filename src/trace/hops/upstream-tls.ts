import { isDeepStrictEqual } from 'node:util';
import { extensionOf } from '../../model/extension.js';
import type { Host } from '../../model/hosts.js';
import type { Resource } from '../../model/resource.js';
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
import { balanceOf, type UsableHosts, usableHosts } from '../hosts.js';
import { nameMatchers } from '../peer-names.js';
import { percent } from '../percent.js';
import type { StepStatus } from '../result.js';
import type { Tracing } from '../tracing.js';
import { noConnection } from '../waiting-secret.js';

/** How a cluster secures the connection to one endpoint. */
export interface UpstreamTls {
  readonly socket: TransportSocket;
  /** `plaintext`, `tls`, `mtls`; `unknown` where it depends on the endpoint's metadata and these are not known. */
  readonly mode: string;
  readonly pointer: string;
  /** Name of the transport socket match; null for the cluster's own socket. */
  readonly match: string | null;
}

/** Endpoints that get the same transport socket. */
interface Group {
  readonly tls: UpstreamTls;
  readonly cluster: Resource;
  readonly addresses: string[];
  /** Part of the requests, 0 to 1. */
  share: number;
}

/**
 * TLS towards the endpoints: `transport_socket_matches` by the endpoint's metadata, first match, else the cluster's own socket.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/cluster/v3/cluster.proto (transport_socket_matches)
 */
export function upstreamTls(trace: Tracing): void {
  const { clusterResource } = trace;
  if (clusterResource === null) return;
  const found = groupsOf(usableHosts(trace));
  const own = { tls: socketFor(clusterResource.view, null), cluster: clusterResource, addresses: [], share: 1 };
  const groups = found.length > 0 ? found : [own];
  const main = groups.reduce((a, b) => (b.addresses.length > a.addresses.length ? b : a));
  const refused = noConnection(
    trace.proxy,
    groups.map(({ tls }) => tls.socket.context),
  );
  trace.step('upstream-tls', refused === null ? statusOf(main.tls) : 'rejected', {
    name: main.tls.socket.name,
    pointer: main.tls.pointer,
    why:
      refused ??
      groups
        .map(group => `${groups.length === 1 ? '' : `${sizeOf(group)}: `}${describeMode(trace, group.tls)}`)
        .join('; '),
    details: groups.flatMap(group => describeGroup(trace, group, groups.length > 1)),
    evidence: groups.map(({ tls, cluster }) => evidenceOf(cluster, tls.pointer)),
  });
  if (refused !== null) trace.finish('tls_error', refused, trace.isTcp ? { responseFlag: 'UF' } : NOT_CONNECTED);
}

/** What the client's own Envoy answers where it cannot connect. */
const NOT_CONNECTED = {
  responseCode: 503,
  responseFlag: 'UF',
  responseCodeDetails: 'upstream_reset_before_response_started{remote_connection_failure}',
};

function statusOf({ mode, socket }: UpstreamTls): StepStatus {
  if (mode !== 'unknown') return 'matched';
  return socket === UNKNOWN_SOCKET ? 'needs-input' : 'unsupported';
}

const known = new WeakMap<UsableHosts, readonly Group[]>();

function groupsOf(hosts: UsableHosts): readonly Group[] {
  const groups = known.get(hosts) ?? divided(hosts);
  known.set(hosts, groups);
  return groups;
}

function divided(usable: UsableHosts): Group[] {
  const { shares } = balanceOf(usable);
  const groups = new Map<string, Group>();
  for (const [i, host] of usable.hosts.entries()) {
    const tls = socketFor(host.cluster.view, host);
    const key = `${host.cluster.name} ${tls.pointer}`;
    const group = groups.get(key) ?? { tls, cluster: host.cluster, addresses: [], share: 0 };
    group.addresses.push(host.address);
    group.share += shares[i] ?? 0;
    groups.set(key, group);
  }
  return [...groups.values()];
}

function sizeOf({ addresses, share }: Group): string {
  return `${addresses.length} endpoint${addresses.length === 1 ? '' : 's'} (${percent(share)})`;
}

const MAX_ADDRESSES = 8;

function describeGroup(trace: Tracing, { tls, addresses }: Group, isOneOfSeveral: boolean): string[] {
  const facts = tls.socket.context === null ? [] : describeContext(trace, tls.socket.context);
  if (!isOneOfSeveral) return facts;
  const more = addresses.length > MAX_ADDRESSES ? ` and ${addresses.length - MAX_ADDRESSES} more` : '';
  const name = tls.match === null ? 'the cluster’s own socket' : `match ${tls.match}`;
  const label = `${tls.mode} (${name})`;
  return [
    `${label}: ${addresses.slice(0, MAX_ADDRESSES).join(', ')}${more}`,
    ...facts.map(fact => `${label}: ${fact}`),
  ];
}

/**
 * The transport socket that a cluster uses towards a host, by the endpoint's own metadata first and then by its locality's; the cluster's own
 * where no host is known (source/common/upstream/transport_socket_match_impl.cc).
 */
export function socketFor(cluster: View, host: Host | null): UpstreamTls {
  const matches = cluster.list('transport_socket_matches');
  if (cluster.has('transport_socket_matcher'))
    return { socket: MATCHER_SOCKET, mode: 'unknown', match: null, pointer: cluster.at('transport_socket_matcher') };
  if (host?.hasMetadata === false && matches.some(dependsOnMetadata))
    return { socket: UNKNOWN_SOCKET, mode: 'unknown', match: null, pointer: cluster.at('transport_socket_matches') };
  const key = 'envoy.transport_socket_match';
  const chosen =
    matches.find(match => fits(match, host?.metadata(key))) ??
    matches.find(match => fits(match, host?.localityMetadata(key)));
  const socket = chosen?.get('transport_socket');
  if (chosen !== undefined)
    return withMode(socket === undefined ? PLAINTEXT : socketOf(socket), chosen.pointer, chosen.string('name') ?? null);
  return withMode(
    transportSocketOf(cluster),
    cluster.at(cluster.has('tls_context') ? 'tls_context' : 'transport_socket'),
    null,
  );
}

/** A match without labels takes every endpoint. */
function fits(match: View, metadata: Readonly<Record<string, unknown>> = {}): boolean {
  const wanted = match.get('match')?.value ?? {};
  return Object.entries(wanted).every(
    ([key, value]) => Object.hasOwn(metadata, key) && isDeepStrictEqual(metadata[key], value),
  );
}

const PLAINTEXT: TransportSocket = { kind: 'raw_buffer', context: null, name: null };
const UNKNOWN_SOCKET: TransportSocket = { kind: 'unknown', context: null, name: null };
const MATCHER_SOCKET: TransportSocket = { kind: 'transport_socket_matcher', context: null, name: null };

function dependsOnMetadata(candidate: View): boolean {
  return Object.keys(candidate.get('match')?.value ?? {}).length > 0;
}

function withMode(socket: TransportSocket, pointer: string, match: string | null): UpstreamTls {
  const mode =
    socket.context === null
      ? socket.kind === 'raw_buffer'
        ? 'plaintext'
        : socket.kind
      : certificateNames(socket.context).length > 0
        ? 'mtls'
        : 'tls';
  return { socket, mode, pointer, match };
}

function describeMode(trace: Tracing, { socket, mode }: UpstreamTls): string {
  if (socket === MATCHER_SOCKET)
    return 'TLS or plaintext by the cluster’s transport_socket_matcher, which mesh-trace does not evaluate';
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
