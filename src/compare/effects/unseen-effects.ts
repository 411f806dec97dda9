import type { PathChange } from '../changes/changes.js';
import type { DriftKind } from '../drift/difference.js';

/** What fields do that no traced request shows: by kind, by the name of a field anywhere on the way to what differs. */
const DOES: Partial<Record<DriftKind, Readonly<Record<string, string>>>> = {
  cluster: {
    connect_timeout: 'how long a connection to an endpoint may take',
    lb_policy: 'which endpoint is picked',
    least_request_lb_config: 'which endpoint is picked',
    ring_hash_lb_config: 'which endpoint is picked',
    maglev_lb_config: 'which endpoint is picked',
    load_balancing_policy: 'which endpoint is picked',
    circuit_breakers: 'how many connections and requests are let through at a time',
    outlier_detection: 'when an endpoint is ejected',
    health_checks: 'when an endpoint counts as healthy',
    max_requests_per_connection: 'how long connections to endpoints are kept',
    upstream_connection_options: 'how long connections to endpoints are kept',
    typed_extension_protocol_options: 'how HTTP is spoken to the endpoints',
    http2_protocol_options: 'how HTTP is spoken to the endpoints',
    transport_socket: 'TLS towards the endpoints',
    transport_socket_matches: 'TLS towards the endpoints',
    dns_refresh_rate: 'how often its host names are resolved',
    alt_stat_name: 'the names of statistics',
    filters: 'what is exchanged with the endpoints for telemetry',
  },
  listener: {
    access_log: 'what is logged',
    tracing: 'what is traced',
    stat_prefix: 'the names of statistics',
    socket_options: 'options of the socket',
    listener_filters_timeout: 'how long a client may take to say what it speaks',
    idle_timeout: 'how long an idle connection is kept',
    stream_idle_timeout: 'how long an idle request is kept',
    common_tls_context: 'the TLS handshake with clients',
  },
  route: {
    decorator: 'the names of spans',
    request_headers_to_add: 'headers of requests',
    request_headers_to_remove: 'headers of requests',
    response_headers_to_add: 'headers of responses',
    response_headers_to_remove: 'headers of responses',
    hash_policy: 'which endpoint is picked',
    max_grpc_timeout: 'how long a gRPC request may take',
    idle_timeout: 'how long an idle request is kept',
    per_filter_config: 'what HTTP filters do',
    typed_per_filter_config: 'what HTTP filters do',
  },
  endpoint: {
    load_balancing_weight: 'which endpoint is picked',
    locality: 'which endpoint is picked',
    metadata: 'which endpoint a subset or TLS setting takes',
  },
};

/** What a difference changes that no traced request shows, in words and each once; empty where nothing is known of its fields. */
export function unseenEffects(kind: DriftKind, paths: readonly PathChange[]): string[] {
  const does = DOES[kind] ?? {};
  const found = paths.flatMap(({ path }) => {
    const field = path.split('/').findLast(segment => Object.hasOwn(does, segment));
    return field === undefined ? [] : [does[field] ?? ''];
  });
  return [...new Set(found)];
}
