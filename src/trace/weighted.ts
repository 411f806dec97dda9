import type { View } from '../model/view.js';
import { firstValue } from './headers.js';
import { runtimeInteger } from './runtime.js';
import type { Tracing } from './tracing.js';

/** What else than chance and configured weights picks a weighted cluster. */
interface WeightedOptions {
  /** A value that stands in the place of the random one. */
  readonly given?: number | null;
  /** Where runtime keys set the weights: PREFIX.CLUSTER. */
  readonly runtimeKeyPrefix?: string;
}

/**
 * Picks one of weighted clusters: Envoy takes the random value modulo the sum of the weights.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/route/v3/route_components.proto#config-route-v3-weightedcluster
 */
export function chooseWeighted(
  trace: Tracing,
  clusters: readonly View[],
  { given = null, runtimeKeyPrefix = '' }: WeightedOptions = {},
): View {
  const weights = clusters.map(cluster => weightOf(trace, cluster, runtimeKeyPrefix));
  trace.weights = clusters.map((cluster, i) => ({ name: nameOf(trace, cluster), weight: weights[i] ?? 0 }));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const shares = weights.map(weight => (total === 0 ? 0 : weight / total));
  const byRandom = (random: number) => {
    let selected = total === 0 ? 0 : random % total;
    return weights.findIndex(weight => {
      selected -= weight;
      return selected < 0;
    });
  };
  const option = given === null ? trace.choices.pick(shares, byRandom) : byRandom(given);
  const chosen = clusters[option] ?? clusters[0];
  if (chosen === undefined) throw new Error('no weighted clusters to choose from');
  trace.clusterWeight = weightOf(trace, chosen, runtimeKeyPrefix);
  return chosen;
}

function weightOf(trace: Tracing, cluster: View, prefix: string): number {
  const set = prefix === '' ? undefined : runtimeInteger(trace.proxy, `${prefix}.${cluster.string('name') ?? ''}`);
  return set ?? cluster.number('weight') ?? 0;
}

/** A weighted cluster's name stands there, or in a header of the request. */
function nameOf(trace: Tracing, cluster: View): string | null {
  return cluster.string('name') || firstValue(trace, cluster.string('cluster_header') ?? '') || null;
}

/** Why the chosen one of weighted clusters gets the request, and what weights the others have. `byWhat` is what stood in place of chance. */
export function describeWeights(
  trace: Tracing,
  chosen: string | null,
  byWhat: string | null = null,
): { why: string; others: string[] } {
  const { weights, clusterWeight, request } = trace;
  const total = weights.reduce((sum, { weight }) => sum + weight, 0);
  const random = request.random === null ? null : `random ${request.random}`;
  const picker = byWhat ?? random;
  return {
    why: `weight ${clusterWeight ?? 0} of ${total}${picker === null ? '' : `; ${picker} picks it`}`,
    others: weights
      .filter(({ name }) => name !== chosen)
      .map(({ name, weight }) => `weight ${weight}: ${name ?? 'a cluster that a header names'}`),
  };
}
