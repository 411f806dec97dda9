import { oncePer } from '../../model/once.js';
import type { Resource } from '../../model/resource.js';
import { certificateNames, validationName } from '../../model/transport-socket.js';
import type { View } from '../../model/view.js';
import { evidenceOf } from '../evidence.js';
import { balanceOf, type UsableHosts, usableHosts } from '../hosts.js';
import { nameMatchers } from '../peer-names.js';
import { percent } from '../percent.js';
import type { StepStatus } from '../result.js';
import type { Tracing } from '../tracing.js';
import { upstreamAlpn, upstreamSni } from '../upstream-protocol.js';
import { MATCHER_SOCKET, socketFor, UNKNOWN_SOCKET, type UpstreamTls } from '../upstream-socket.js';
import { noConnection } from '../waiting-secret.js';

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

const groupsOf = oncePer((usable: UsableHosts): readonly Group[] => {
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
});

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
