import { unsupported } from '../../match/ternary.js';
import { extensionOf } from '../../model/extension.js';
import type { View } from '../../model/view.js';
import { clusterNotFoundCode } from '../cluster-not-found.js';
import { placeIn } from '../evidence.js';
import { firstValue } from '../headers.js';
import type { Tracing } from '../tracing.js';
import { describeWeights } from '../weighted.js';
import { givenRandom, weightedClusterOf } from '../weighted-cluster.js';

/** The cluster of a route action. */
export interface ChosenCluster {
  readonly name: string;
  readonly pointer: string;
  readonly why: string;
  readonly weighted: View | null;
  /** The other weighted clusters, each with its weight. */
  readonly others: readonly string[];
}

/**
 * The cluster of a route action, by name, by header or by weight. Null where there is none: the trace has ended then, as for a cluster that
 * does not exist, or because a plugin chooses it.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/route/v3/route_components.proto#config-route-v3-routeaction (cluster_specifier)
 */
export function chooseCluster(trace: Tracing, action: View): ChosenCluster | null {
  const only = { weighted: null, others: [] };
  const cluster = action.string('cluster');
  if (cluster !== undefined)
    return { ...only, name: cluster, pointer: action.at('cluster'), why: 'the only cluster of the route' };
  const header = action.string('cluster_header');
  if (header !== undefined) {
    const name = clusterByHeader(trace, action, header, action.at('cluster_header'));
    return name === null
      ? null
      : { ...only, name, pointer: action.at('cluster_header'), why: `header ${header} names it` };
  }
  const weighted = weightedClusterOf(trace, action);
  return weighted === null ? byPlugin(trace, action) : chosenByWeight(trace, action, weighted);
}

function chosenByWeight(trace: Tracing, action: View, weighted: View): ChosenCluster | null {
  const header = weighted.string('cluster_header') ?? '';
  const name = weighted.string('name') || clusterByHeader(trace, action, header, weighted.pointer);
  if (name === null) return null;
  const given = givenRandom(trace, action.get('weighted_clusters') ?? action);
  return { name, pointer: weighted.pointer, ...describeWeights(trace, name, given?.from ?? null), weighted };
}

/** A request without the header has no cluster: Envoy answers as for a cluster that does not exist. */
function clusterByHeader(trace: Tracing, action: View, header: string, pointer: string): string | null {
  const value = firstValue(trace, header);
  if (value !== undefined && value !== '') return value;
  const why = `the route takes the cluster from header ${header}, which the request does not have`;
  trace.step('action', 'rejected', { ...placeIn(trace.routeTable?.resource, pointer), why });
  trace.finish('no_cluster', why, { responseCode: clusterNotFoundCode(action) });
  return null;
}

/** A plugin stands in the route itself, or by its name in the route table. */
function byPlugin(trace: Tracing, action: View): null {
  const inline = action.get('inline_cluster_specifier_plugin');
  const name = inline?.get('extension')?.string('name') ?? action.string('cluster_specifier_plugin');
  const plugins = inline === undefined ? (trace.routeTable?.view.list('cluster_specifier_plugins') ?? []) : [inline];
  const extension = plugins
    .map(plugin => extensionOf(plugin.get('extension') ?? plugin))
    .find(candidate => candidate.name === name);
  const what = `cluster specifier plugin ${name ?? 'without a name'}${extension?.type == null ? '' : ` (${extension.type})`}`;
  trace.undetermined('action', unsupported(what), `the ${what} chooses the cluster at run time`);
  return null;
}
