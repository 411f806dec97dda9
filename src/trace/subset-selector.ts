import type { View } from '../model/view.js';

/**
 * The selector whose keys are exactly these; the first of several.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/cluster/v3/cluster.proto#config-cluster-v3-cluster-lbsubsetconfig-lbsubsetselector
 */
export function selectorFor(config: View, keys: readonly string[]): View | undefined {
  const wanted = [...keys].sort().join('\n');
  return config.list('subset_selectors').find(selector => sortedKeys(selector).join('\n') === wanted);
}

/**
 * A selector's own fallback policy; null where it has none, so that the cluster's counts. Envoy keeps selectors in a tree of sorted keys and
 * takes a selector's fallback only where it puts the selector's last key there: not where an earlier one with more keys has done so
 * (source/extensions/load_balancing_policies/subset/subset_lb.cc, initSubsetSelectorMap).
 */
export function ownFallback(config: View, selector: View): string | null {
  const keys = sortedKeys(selector);
  for (const earlier of config.list('subset_selectors')) {
    if (earlier.pointer === selector.pointer) break;
    const others = sortedKeys(earlier);
    if (keys.every((key, i) => others[i] === key)) return null;
  }
  const policy = selector.string('fallback_policy');
  return policy === undefined || policy === 'NOT_DEFINED' ? null : policy;
}

function sortedKeys(selector: View): string[] {
  return [...new Set(selector.strings('keys'))].sort();
}
