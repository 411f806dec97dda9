import type { View } from '../model/view.js';
import { yieldsHash } from './hash-policy.js';
import { firstValue } from './headers.js';
import type { Tracing } from './tracing.js';
import { chooseWeighted } from './weighted.js';

/** What picks a weighted cluster in place of chance: a number, and whose it is; null where chance does. */
interface GivenRandom {
  readonly value: number;
  readonly from: string;
}

/**
 * The weighted cluster of a route action, chosen once a request: Envoy chooses it with the route, before the HTTP filters run, so that its
 * overrides apply to them. Null where the route has no weighted clusters.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/route/v3/route_components.proto#config-route-v3-weightedcluster
 */
export function weightedClusterOf(trace: Tracing, action: View | undefined): View | null {
  const weighted = action?.get('weighted_clusters');
  const clusters = weighted?.list('clusters') ?? [];
  if (action === undefined || weighted === undefined || clusters.length === 0) return null;
  if (trace.weightedCluster !== null) return trace.weightedCluster;
  if (weighted.boolean('use_hash_policy') && yieldsHash(trace, action)) {
    trace.assumptions.add(
      'the route’s hash policy, not chance, picks the weighted cluster: one client always gets the same',
    );
  }
  trace.weightedCluster = chooseWeighted(trace, clusters, {
    given: givenRandom(trace, weighted)?.value ?? null,
    runtimeKeyPrefix: weighted.string('runtime_key_prefix') ?? '',
  });
  return trace.weightedCluster;
}

/** `header_name`: the number in a header that is sent once picks the cluster; without one chance does. */
export function givenRandom(trace: Tracing, weighted: View): GivenRandom | null {
  const name = weighted.string('header_name') ?? '';
  const sent = name === '' ? undefined : firstValue(trace, name);
  const values = trace.request.headers.get(name.toLowerCase()) ?? [];
  if (sent === undefined || values.length > 1 || !/^\s*\d+\s*$/.test(sent)) return null;
  return { value: Number(sent), from: `header ${name} (${sent.trim()})` };
}
