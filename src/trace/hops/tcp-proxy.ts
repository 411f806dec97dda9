import { unsupported } from '../../match/ternary.js';
import type { Extension } from '../../model/extension.js';
import type { View } from '../../model/view.js';
import { evidenceOf } from '../evidence.js';
import { onDemandCluster } from '../on-demand.js';
import { addSubsetKeys } from '../subset-keys.js';
import type { Tracing } from '../tracing.js';
import { chooseWeighted, describeWeights } from '../weighted.js';

/**
 * TCP proxy: one cluster, weighted ones, or the one that an earlier filter named.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/filters/network/tcp_proxy/v3/tcp_proxy.proto
 */
export function tcpProxy(trace: Tracing, { config }: Extension): boolean {
  const { listener } = trace;
  if (listener === null) return true;
  const chosen = choose(trace, config);
  if (chosen === null) {
    const why = 'the TCP proxy names no cluster in a form that is known';
    trace.undetermined('action', unsupported('a TCP proxy without cluster or weighted_clusters'), why);
    return true;
  }
  const missing = onDemandCluster(trace, chosen.name ?? '', config.get('on_demand')?.has('odcds_config') === true);
  if (missing !== null) {
    trace.undetermined('action', missing, `the TCP proxy fetches cluster ${chosen.name} on demand`);
    return true;
  }
  trace.cluster = chosen.name;
  addSubsetKeys(trace, [config, ...(chosen.weighted === null ? [] : [chosen.weighted])]);
  trace.step('action', 'matched', {
    name: chosen.name,
    pointer: chosen.pointer,
    why: chosen.why,
    details: [...chosen.others, ...describe(trace, config)],
    evidence: [evidenceOf(listener, config.pointer)],
  });
  return true;
}

interface Chosen {
  readonly name: string | null;
  readonly pointer: string;
  readonly why: string;
  readonly others: readonly string[];
  readonly weighted: View | null;
}

function choose(trace: Tracing, config: View): Chosen | null {
  const plain = { pointer: config.at('cluster'), others: [], weighted: null };
  if (trace.cluster !== null) return { ...plain, name: trace.cluster, why: 'the cluster that an earlier filter names' };
  const weighted = config.get('weighted_clusters')?.list('clusters') ?? [];
  if (weighted.length > 0) {
    const chosen = chooseWeighted(trace, weighted);
    const name = chosen.string('name') ?? null;
    return { name, pointer: chosen.pointer, ...describeWeights(trace, name), weighted: chosen };
  }
  const cluster = config.string('cluster');
  return cluster === undefined ? null : { ...plain, name: cluster, why: 'the only cluster of the TCP proxy' };
}

function describe(trace: Tracing, config: View): string[] {
  const details: string[] = [];
  const tunnel = config.get('tunneling_config');
  if (tunnel !== undefined) {
    const method = tunnel.boolean('use_post') ? 'POST' : 'CONNECT';
    trace.assumptions.add(
      `the connection is tunnelled by ${method} to ${tunnel.string('hostname') ?? 'the destination'}`,
    );
  }
  const idle = config.string('idle_timeout');
  if (idle !== undefined) details.push(`idle timeout ${idle === '0s' ? 'none (0s)' : idle}`);
  const attempts = config.number('max_connect_attempts');
  if (attempts !== undefined) details.push(`connects up to ${attempts} times`);
  return details;
}
