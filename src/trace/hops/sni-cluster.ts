import { compileRegex, PatternError } from '../../match/regex.js';
import type { Extension } from '../../model/extension.js';
import type { Tracing } from '../tracing.js';

/**
 * The SNI names the cluster, as Istio's AUTO_PASSTHROUGH gateways need it (`outbound_.8888_.v1_.host`); without one the TCP proxy's own stays.
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/listeners/network_filters/sni_cluster_filter
 */
export function sniCluster(trace: Tracing): boolean {
  const { sni } = trace.connection;
  if (sni !== null) trace.cluster = sni;
  return false;
}

/**
 * Rewrites the name that `sni_cluster` took, as multi-cluster gateways of Istio 1.1 do (`.global` to `.svc.cluster.local`).
 * istio/proxy src/envoy/tcp/tcp_cluster_rewrite
 */
export function rewriteCluster(trace: Tracing, { config }: Extension): boolean {
  const { cluster } = trace;
  const pattern = config.string('cluster_pattern') ?? '';
  if (cluster === null || pattern === '') return false;
  try {
    trace.cluster = compileRegex(pattern, 'ecmascript').replaceAll(cluster, config.string('cluster_replacement') ?? '');
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    trace.assumptions.add(`tcp_cluster_rewrite leaves the cluster’s name alone: ${error.message}`);
  }
  return false;
}
