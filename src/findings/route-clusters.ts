import { extensionOf } from '../model/extension.js';
import type { View } from '../model/view.js';

/** A cluster that a route or TCP proxy names, where it does so. */
export interface NamedCluster {
  readonly name: string;
  readonly pointer: string;
  /** Of all that take the route, 0 to 1. */
  readonly share: number;
}

/** The clusters that a route’s action names; none where a header or plugin chooses. */
export function clustersOfRoute(route: View): NamedCluster[] {
  const action = route.get('route');
  return action === undefined ? [] : clustersOfAction(action);
}

/** The clusters of a filter chain’s TCP proxy; none where the chain has none. */
export function clustersOfChain(chain: View): NamedCluster[] {
  const proxy = chain
    .list('filters')
    .map(extensionOf)
    .find(({ kind }) => kind === 'tcp_proxy');
  return proxy === undefined ? [] : clustersOfAction(proxy.config);
}

function clustersOfAction(action: View): NamedCluster[] {
  const single = action.string('cluster');
  if (single !== undefined) return [{ name: single, pointer: action.at('cluster'), share: 1 }];
  const weighted = action.get('weighted_clusters')?.list('clusters') ?? [];
  const total = weighted.reduce((sum, item) => sum + weightOf(item), 0);
  return weighted.flatMap(item => {
    const name = item.string('name');
    if (name === undefined || name === '') return [];
    return [{ name, pointer: item.pointer, share: total === 0 ? 0 : weightOf(item) / total }];
  });
}

/** The clusters that a route mirrors to. */
export function mirrorsOfRoute(route: View): NamedCluster[] {
  const action = route.get('route');
  const policies = [
    ...(action?.list('request_mirror_policies') ?? []),
    ...(action?.list('request_mirror_policy') ?? []),
  ];
  return policies.flatMap(policy => {
    const name = policy.string('cluster');
    return name === undefined ? [] : [{ name, pointer: policy.pointer, share: 1 }];
  });
}

function weightOf(item: View): number {
  return item.number('weight') ?? 0;
}
