import type { Extension } from '../../model/extension.js';
import { evidenceOf } from '../evidence.js';
import type { Tracing } from '../tracing.js';
import { chooseWeighted, describeWeights } from '../weighted.js';

/**
 * TCP proxy: one cluster, or weighted ones.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/filters/network/tcp_proxy/v3/tcp_proxy.proto
 */
export function tcpProxy(trace: Tracing, { config }: Extension): boolean {
  const { listener } = trace;
  if (listener === null) return true;
  const weighted = config.get('weighted_clusters')?.list('clusters') ?? [];
  const evidence = [evidenceOf(listener, config.pointer)];
  if (trace.cluster !== null) {
    trace.step('action', 'matched', {
      name: trace.cluster,
      pointer: config.pointer,
      why: 'the cluster that the SNI names',
      evidence,
    });
  } else if (weighted.length > 0) {
    const chosen = chooseWeighted(trace, weighted);
    trace.cluster = chosen.string('name') ?? null;
    const { why, others } = describeWeights(trace, trace.cluster);
    trace.step('action', 'matched', {
      name: trace.cluster,
      pointer: chosen.pointer,
      why,
      details: others,
      evidence,
    });
  } else {
    trace.cluster = config.string('cluster') ?? null;
    trace.step('action', 'matched', {
      name: trace.cluster,
      pointer: config.at('cluster'),
      why: 'the only cluster of the TCP proxy',
      evidence,
    });
  }
  const tunnel = config.get('tunneling_config');
  if (tunnel !== undefined)
    trace.assumptions.add(
      `the connection is tunnelled by CONNECT to ${tunnel.string('hostname') ?? 'the destination'}`,
    );
  return true;
}

/**
 * The SNI names the cluster, as Istio's AUTO_PASSTHROUGH gateways need it (`outbound_.8888_.v1_.host`).
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/listeners/network_filters/sni_cluster_filter
 */
export function sniCluster(trace: Tracing): boolean {
  const { sni } = trace.connection;
  if (sni !== null) trace.cluster = sni;
  return false;
}
