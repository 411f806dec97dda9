import type { View } from '../../model/view.js';

/** An HTTP filter that does not decide by configuration alone. */
interface FilterKind {
  readonly describe: (config: View) => string;
  /** Whether it may answer the request itself, by its configuration for the route. */
  readonly mayAnswer: (config: View) => boolean;
  /** It may clear the route cache, so that the route is chosen anew. */
  readonly mayReroute: boolean;
}

function harmless(effect: string): FilterKind {
  return { describe: () => effect, mayAnswer: () => false, mayReroute: false };
}

function mayAnswer(effect: string | ((config: View) => string), mayReroute = false): FilterKind {
  return { describe: typeof effect === 'string' ? () => effect : effect, mayAnswer: () => true, mayReroute };
}

/** The HTTP filters that are known by kind, and what they do to a request. Those that decide have files of their own. */
export const HTTP_FILTERS: Record<string, FilterKind> = {
  peer_metadata: harmless('exchanges peer metadata'),
  metadata_exchange: harmless('exchanges peer metadata'),
  metadataexchange: harmless('exchanges peer metadata'),
  alpn: harmless('sets the ALPN towards the upstream by protocol'),
  stats: harmless('counts'),
  grpc_stats: harmless('counts gRPC'),
  grpc_web: harmless('turns gRPC-Web into gRPC'),
  grpc_http1_bridge: harmless('bridges HTTP/1.1 to gRPC'),
  grpc_http1_reverse_bridge: harmless('bridges gRPC to HTTP/1.1'),
  grpc_json_transcoder: mayAnswer('turns JSON into gRPC by its own rules', true),
  compressor: harmless('compresses answers'),
  decompressor: harmless('decompresses'),
  buffer: harmless('buffers the body, up to its limit'),
  header_mutation: harmless('changes headers'),
  header_to_metadata: { describe: () => 'copies headers into metadata', mayAnswer: () => false, mayReroute: true },
  set_metadata: harmless('sets metadata'),
  on_demand: harmless('fetches virtual hosts on demand'),
  original_src: harmless('keeps the client’s address upstream'),
  stateful_session: harmless('may pin the request to an endpoint'),
  connect_grpc_bridge: harmless('bridges Connect to gRPC'),
  kill_request: mayAnswer('may crash Envoy for a header'),
  tap: harmless('copies traffic'),
  dynamic_forward_proxy: harmless('resolves the host'),
  mixer: { describe: () => 'reports to Mixer', mayAnswer: config => !skipsMixerChecks(config), mayReroute: false },
  csrf: mayAnswer('may refuse cross-site requests'),
  admission_control: mayAnswer('may refuse under load'),
  adaptive_concurrency: mayAnswer('may refuse under load'),
  bandwidth_limit: harmless('limits the bandwidth'),
  local_ratelimit: mayAnswer(config => localRateLimit(config)),
  ratelimit: mayAnswer(
    config => `asks the rate limit service at cluster ${grpcCluster(config.get('rate_limit_service')) ?? 'unknown'}`,
  ),
  ext_authz: mayAnswer(config => `asks the authorization service at cluster ${extAuthzCluster(config)}`, true),
  ext_proc: mayAnswer(config => `asks the processing service at cluster ${grpcCluster(config) ?? 'unknown'}`, true),
  lua: mayAnswer('runs a Lua script', true),
  wasm: mayAnswer('runs a Wasm module', true),
  golang: mayAnswer('runs a Go plugin', true),
  dynamic_modules: mayAnswer('runs a dynamic module', true),
  oauth2: mayAnswer('sends users to log in'),
  basic_auth: mayAnswer('asks for user and password'),
  api_key_auth: mayAnswer('asks for an API key'),
  gcp_authn: harmless('adds a token'),
  aws_lambda: mayAnswer('calls a Lambda'),
  aws_request_signing: harmless('signs the request'),
  squash: harmless('attaches a debugger'),
  geoip: harmless('looks up the client’s place'),
  composite: mayAnswer('runs the filter that its matcher picks'),
  match_delegate: mayAnswer('runs its filter where its matcher says so'),
  matcher: mayAnswer('runs its filter where its matcher says so'),
  cache: mayAnswer('may answer from its cache'),
  custom_response: harmless('replaces error answers'),
  credential_injector: harmless('adds credentials'),
  rate_limit_quota: mayAnswer('asks a quota service'),
  sxg: harmless('signs exchanges'),
  waypoint: harmless('Istio’s waypoint filter'),
};

/** Istio 1.1 switches Mixer's policy checks off by default: `disable_check_calls`, on the route or for the default destination. */
function skipsMixerChecks(config: View): boolean {
  const ofDefault = config.get('service_configs')?.get(config.string('default_destination_service') ?? 'default');
  return config.boolean('disable_check_calls') || ofDefault?.boolean('disable_check_calls') === true;
}

function localRateLimit(config: View): string {
  const bucket = config.get('token_bucket');
  const tokens = bucket?.number('max_tokens');
  return tokens === undefined
    ? 'may answer 429 over its rate'
    : `answers 429 over ${tokens} requests in ${bucket?.string('fill_interval') ?? 'its interval'}`;
}

function grpcCluster(service: View | undefined): string | null {
  return (
    service?.path('grpc_service', 'envoy_grpc')?.string('cluster_name') ??
    service?.path('grpc_service', 'google_grpc')?.string('target_uri') ??
    null
  );
}

function extAuthzCluster(config: View): string {
  return grpcCluster(config) ?? config.path('http_service', 'server_uri')?.string('cluster') ?? 'unknown';
}
