import { isDeepStrictEqual } from 'node:util';
import type { Host } from '../model/hosts.js';
import { oncePer, oncePerMessage } from '../model/once.js';
import { certificateNames, socketOf, type TransportSocket, transportSocketOf } from '../model/transport-socket.js';
import type { View } from '../model/view.js';

/** How a cluster secures the connection to one endpoint. */
export interface UpstreamTls {
  readonly socket: TransportSocket;
  /** `plaintext`, `tls`, `mtls`; `unknown` where it depends on the endpoint's metadata and these are not known. */
  readonly mode: string;
  readonly pointer: string;
  /** Name of the transport socket match; null for the cluster's own socket. */
  readonly match: string | null;
}

/**
 * The transport socket that a cluster uses towards a host, by the endpoint's own metadata first and then by its locality's; the cluster's own
 * where no host is known (source/common/upstream/transport_socket_match_impl.cc).
 */
export function socketFor(cluster: View, host: Host | null): UpstreamTls {
  if (host === null) return choose(cluster, null);
  return host.cluster.view.value === cluster.value ? socketOfHost(host) : choose(cluster, host);
}

const socketOfHost = oncePer((host: Host) => choose(host.cluster.view, host));

function choose(cluster: View, host: Host | null): UpstreamTls {
  const { matcher, matches, own } = socketsOf(cluster);
  if (matcher !== null) return matcher;
  if (host?.hasMetadata === false && matches.some(({ wanted }) => wanted.length > 0))
    return { socket: UNKNOWN_SOCKET, mode: 'unknown', match: null, pointer: cluster.at('transport_socket_matches') };
  const key = 'envoy.transport_socket_match';
  const chosen =
    matches.find(({ wanted }) => fits(wanted, host?.metadata(key))) ??
    matches.find(({ wanted }) => fits(wanted, host?.localityMetadata(key)));
  return chosen?.tls ?? own;
}

/** One of a cluster's `transport_socket_matches`. */
interface SocketMatch {
  /** The labels that an endpoint must have; without any it takes every endpoint. */
  readonly wanted: readonly (readonly [string, unknown])[];
  readonly tls: UpstreamTls;
}

interface Sockets {
  /** Where a matcher tree decides. */
  readonly matcher: UpstreamTls | null;
  readonly matches: readonly SocketMatch[];
  /** The cluster's own socket. */
  readonly own: UpstreamTls;
}

const socketsOf = oncePerMessage((cluster: View): Sockets => {
  const pointer = cluster.at('transport_socket_matcher');
  const byMatcher = { socket: MATCHER_SOCKET, mode: 'unknown', match: null, pointer };
  return {
    matcher: cluster.has('transport_socket_matcher') ? byMatcher : null,
    matches: cluster.list('transport_socket_matches').map(match => {
      const socket = match.get('transport_socket');
      const tls = withMode(
        socket === undefined ? PLAINTEXT : socketOf(socket),
        match.pointer,
        match.string('name') ?? null,
      );
      return { wanted: Object.entries(match.get('match')?.value ?? {}), tls };
    }),
    own: withMode(
      transportSocketOf(cluster),
      cluster.at(cluster.has('tls_context') ? 'tls_context' : 'transport_socket'),
      null,
    ),
  };
});

function fits(wanted: SocketMatch['wanted'], metadata: Readonly<Record<string, unknown>> = {}): boolean {
  return wanted.every(([key, value]) => Object.hasOwn(metadata, key) && isDeepStrictEqual(metadata[key], value));
}

const PLAINTEXT: TransportSocket = { kind: 'raw_buffer', context: null, name: null };
/** Stands for one that the endpoint's metadata would tell. */
export const UNKNOWN_SOCKET: TransportSocket = { kind: 'unknown', context: null, name: null };
/** Stands for one that a matcher tree would tell. */
export const MATCHER_SOCKET: TransportSocket = { kind: 'transport_socket_matcher', context: null, name: null };

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
