/** Names of API v2 that Envoy replaced: https://www.envoyproxy.io/docs/envoy/v1.14.0/intro/deprecated (extension names). */
const TODAY = new Map([
  ...[
    'buffer',
    'cors',
    'csrf',
    'ext_authz',
    'fault',
    'grpc_http1_bridge',
    'grpc_json_transcoder',
    'grpc_web',
    'gzip',
  ].map(inFilters),
  ...['health_check', 'ip_tagging', 'lua', 'router', 'squash'].map(inFilters),
  ['envoy.http_dynamo_filter', 'envoy.filters.http.dynamo'],
  ['envoy.rate_limit', 'envoy.filters.http.ratelimit'],
  ...['client_ssl_auth', 'echo', 'http_connection_manager', 'mongo_proxy', 'ratelimit', 'redis_proxy', 'tcp_proxy'].map(
    inNetwork,
  ),
  ...['http_inspector', 'original_dst', 'original_src', 'proxy_protocol', 'tls_inspector'].map(inListener),
  ['envoy.file_access_log', 'envoy.access_loggers.file'],
  ['envoy.http_grpc_access_log', 'envoy.access_loggers.http_grpc'],
  ['envoy.tcp_grpc_access_log', 'envoy.access_loggers.tcp_grpc'],
  ['envoy.lightstep', 'envoy.tracers.lightstep'],
  ['envoy.zipkin', 'envoy.tracers.zipkin'],
  ['envoy.tracers.dynamic.ot', 'envoy.tracers.dynamic_ot'],
  ['raw_buffer', 'envoy.transport_sockets.raw_buffer'],
  ['tls', 'envoy.transport_sockets.tls'],
  ['envoy.statsd', 'envoy.stat_sinks.statsd'],
  ['envoy.metrics_service', 'envoy.stat_sinks.metrics_service'],
] as [string, string][]);

/** An extension's name under which Envoy knows it today. */
export function extensionName(name: string): string {
  return TODAY.get(name) ?? name;
}

function inFilters(name: string): [string, string] {
  return [`envoy.${name}`, `envoy.filters.http.${name}`];
}

function inNetwork(name: string): [string, string] {
  return [`envoy.${name}`, `envoy.filters.network.${name}`];
}

function inListener(name: string): [string, string] {
  return [`envoy.listener.${name}`, `envoy.filters.listener.${name}`];
}
