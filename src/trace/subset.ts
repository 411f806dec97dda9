import type { Host } from '../model/hosts.js';
import type { View } from '../model/view.js';

/** Hosts left by subset load balancing, and what it did; `why` is null where the cluster has no subsets. */
export interface Subset {
  readonly hosts: readonly Host[];
  readonly why: string | null;
}

/**
 * Subset load balancing: the route's metadata keys must be exactly a selector's; else, or where no host has the values, the fallback policy decides.
 * https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/upstream/load_balancing/subsets
 */
export function subsetOf(cluster: View, hosts: readonly Host[], keys: ReadonlyMap<string, unknown>): Subset {
  const config = cluster.get('lb_subset_config');
  if (config === undefined) return { hosts, why: null };
  const selector = config.list('subset_selectors').find(candidate => sameKeys(candidate.strings('keys'), keys));
  if (keys.size > 0 && selector !== undefined) {
    const chosen = hosts.filter(host => [...keys].every(([key, value]) => same(host.metadata('envoy.lb')[key], value)));
    if (chosen.length > 0) return { hosts: chosen, why: `subset ${describe(keys)}` };
  }
  return fallback(config, selector, hosts, keys);
}

function fallback(
  config: View,
  selector: View | undefined,
  hosts: readonly Host[],
  keys: ReadonlyMap<string, unknown>,
): Subset {
  const own = selector?.string('fallback_policy');
  const policy = own === undefined || own === 'NOT_DEFINED' ? (config.string('fallback_policy') ?? 'NO_FALLBACK') : own;
  const wanted = keys.size === 0 ? 'the route asks for no subset' : `no endpoint is in subset ${describe(keys)}`;
  if (policy === 'ANY_ENDPOINT') return { hosts, why: `${wanted}; fallback: any endpoint` };
  if (policy !== 'DEFAULT_SUBSET') return { hosts: [], why: `${wanted}, and there is no fallback` };
  const values = Object.entries(config.get('default_subset')?.value ?? {});
  const chosen = hosts.filter(host => values.every(([key, value]) => same(host.metadata('envoy.lb')[key], value)));
  return { hosts: chosen, why: `${wanted}; fallback: the default subset` };
}

function sameKeys(selector: readonly string[], keys: ReadonlyMap<string, unknown>): boolean {
  return selector.length === keys.size && selector.every(key => keys.has(key));
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function describe(keys: ReadonlyMap<string, unknown>): string {
  return [...keys]
    .map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');
}
