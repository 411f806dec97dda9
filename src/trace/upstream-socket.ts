import { isDeepStrictEqual } from 'node:util';
import type { Host } from '../model/hosts.js';
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
/** Stands for one that the endpoint's metadata would tell. */
export const UNKNOWN_SOCKET: TransportSocket = { kind: 'unknown', context: null, name: null };
/** Stands for one that a matcher tree would tell. */
export const MATCHER_SOCKET: TransportSocket = { kind: 'transport_socket_matcher', context: null, name: null };

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
