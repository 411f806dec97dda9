import type { View } from '../model/view.js';
import type { Tracing } from './tracing.js';

/**
 * Picks one of weighted clusters: Envoy takes the random value modulo the sum of the weights.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/route/v3/route_components.proto#config-route-v3-weightedcluster
 */
export function chooseWeighted(trace: Tracing, clusters: readonly View[]): View {
  const weights = clusters.map(cluster => cluster.number('weight') ?? 0);
  trace.weights = clusters.map((cluster, i) => ({ name: cluster.string('name') ?? null, weight: weights[i] ?? 0 }));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const shares = weights.map(weight => (total === 0 ? 0 : weight / total));
  const option = trace.choices.pick(shares, random => {
    let selected = total === 0 ? 0 : random % total;
    return weights.findIndex(weight => {
      selected -= weight;
      return selected < 0;
    });
  });
  const chosen = clusters[option] ?? clusters[0];
  if (chosen === undefined) throw new Error('no weighted clusters to choose from');
  trace.clusterWeight = chosen.number('weight') ?? null;
  return chosen;
}

/** Why the chosen one of weighted clusters gets the request, and what weights the others have. */
export function describeWeights(trace: Tracing, chosen: string | null): { why: string; others: string[] } {
  const { weights, clusterWeight, request } = trace;
  const total = weights.reduce((sum, { weight }) => sum + weight, 0);
  const picked = request.random === null ? '' : `; random ${request.random} picks it`;
  return {
    why: `weight ${clusterWeight ?? 0} of ${total}${picked}`,
    others: weights
      .filter(({ name }) => name !== chosen)
      .map(({ name, weight }) => `weight ${weight}: ${name ?? 'a cluster that a header names'}`),
  };
}
