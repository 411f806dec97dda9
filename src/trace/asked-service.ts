import type { View } from '../model/view.js';

/**
 * The cluster, or with Google's gRPC client the target, of the service that a filter asks (ext_authz, ext_proc, ratelimit, quota);
 * `unknown` where its configuration names none.
 */
export function askedService(config: View): string {
  const grpc = (config.get('rate_limit_service') ?? config.get('rlqs_server') ?? config).get('grpc_service') ?? config;
  return (
    grpc.get('envoy_grpc')?.string('cluster_name') ??
    grpc.get('google_grpc')?.string('target_uri') ??
    config.path('http_service', 'server_uri')?.string('cluster') ??
    config.path('http_service', 'http_service', 'http_uri')?.string('cluster') ??
    'unknown'
  );
}

/** Whether a Wasm filter's module is one that is built into the proxy, as Istio’s telemetry was: its runtime is no sandbox. */
export function isBuiltInWasm(config: View): boolean {
  return config.path('config', 'vm_config')?.string('runtime') === 'envoy.wasm.runtime.null';
}
