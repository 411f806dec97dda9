import { isDeepStrictEqual } from 'node:util';
import { isObject } from '../decode/json.js';
import type { Host } from '../model/hosts.js';
import type { View } from '../model/view.js';
import { ownFallback, selectorFor } from './subset-selector.js';

/** Hosts left by subset load balancing, and what it did; `why` is null where the cluster has no subsets. */
export interface Subset {
  readonly hosts: readonly Host[];
  readonly why: string | null;
}

/** The metadata that the route asks for, under `envoy.lb`. */
type Keys = ReadonlyMap<string, unknown>;

/** One look for a subset; `canPick` says whether the load balancer finds a host among some. */
interface Search {
  readonly config: View;
  readonly all: readonly Host[];
  readonly canPick: (hosts: readonly Host[]) => boolean;
}

const FALLBACK_LIST = 'fallback_list';

/**
 * Subset load balancing: the route's metadata keys must be exactly a selector's; else, or where no host has the values, the fallback policy
 * decides. `config` is the LbSubsetConfig, null where the cluster has none.
 * https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/upstream/load_balancing/subsets
 */
export function subsetOf(
  config: View | null,
  all: readonly Host[],
  keys: Keys,
  canPick: (hosts: readonly Host[]) => boolean,
): Subset {
  if (config === null || !isEnabled(config)) return { hosts: all, why: null };
  const search = { config, all, canPick };
  const list = keys.get(FALLBACK_LIST);
  if (config.string('metadata_fallback_policy') !== 'FALLBACK_LIST' || list === undefined) return choose(search, keys);
  return throughList(search, keys, Array.isArray(list) ? list : []);
}

/** A subset configuration without selectors does nothing. */
function isEnabled(config: View): boolean {
  return config.list('subset_selectors').length > 0;
}

/** `FALLBACK_LIST`: each entry's metadata, over the route's own, until one gives a host. */
function throughList(search: Search, keys: Keys, list: readonly unknown[]): Subset {
  const own = new Map([...keys].filter(([key]) => key !== FALLBACK_LIST));
  if (list.length === 0) return choose(search, own);
  const tried: string[] = [];
  for (const entry of list) {
    const found = choose(search, new Map([...own, ...Object.entries(isObject(entry) ? entry : {})]));
    if (search.canPick(found.hosts)) return { ...found, why: [...tried, found.why].join('; then ') };
    tried.push(found.why ?? '');
  }
  return { hosts: [], why: `${tried.join('; then ')}: the fallback list is at its end` };
}

/** A subset counts as soon as it has hosts, whatever their health. */
function choose(search: Search, asked: Keys): Subset {
  const { config, all } = search;
  const keys = withoutRedundant(config, asked);
  const selector = keys.size === 0 ? undefined : selectorFor(config, [...keys.keys()]);
  const chosen = selector === undefined ? [] : matching(config, all, [...keys]);
  if (selector !== undefined && chosen.length > 0) {
    const hosts = selector.boolean('single_host_per_subset') ? chosen.slice(0, 1) : chosen;
    return { hosts: scaled(config, hosts, all), why: `subset ${describe(keys)}` };
  }
  return fallback(search, selector, keys);
}

/** `allow_redundant_keys`: the route may ask for more than a selector has; the first selector that it covers counts. */
function withoutRedundant(config: View, keys: Keys): Keys {
  if (!config.boolean('allow_redundant_keys')) return keys;
  const covered = config
    .list('subset_selectors')
    .map(selector => selector.strings('keys'))
    .find(wanted => wanted.length > 0 && wanted.every(key => keys.has(key)));
  return covered === undefined ? keys : new Map([...keys].filter(([key]) => covered.includes(key)));
}

function fallback(search: Search, selector: View | undefined, keys: Keys): Subset {
  const { config, all } = search;
  const wanted = keys.size === 0 ? 'the route asks for no subset' : `no endpoint is in subset ${describe(keys)}`;
  const own = selector === undefined ? null : ownFallback(config, selector);
  if (own === 'KEYS_SUBSET') {
    const kept = selector?.strings('fallback_keys_subset') ?? [];
    const reduced = choose(search, new Map([...keys].filter(([key]) => kept.includes(key))));
    return { ...reduced, why: `${wanted}; fallback with fewer keys: ${reduced.why ?? ''}` };
  }
  const byPolicy = byPolicyOf(search, own ?? config.string('fallback_policy') ?? 'NO_FALLBACK', wanted);
  const mayPanic = own === null && byPolicy.policy !== 'NO_FALLBACK' && config.boolean('panic_mode_any');
  if (!mayPanic || search.canPick(byPolicy.hosts)) return { hosts: byPolicy.hosts, why: byPolicy.why };
  return { hosts: all, why: `${byPolicy.why}, which has no endpoint to use; panic_mode_any: any endpoint` };
}

function byPolicyOf({ config, all }: Search, policy: string, wanted: string): Subset & { readonly policy: string } {
  if (policy === 'ANY_ENDPOINT') return { policy, hosts: all, why: `${wanted}; fallback: any endpoint` };
  if (policy !== 'DEFAULT_SUBSET')
    return { policy: 'NO_FALLBACK', hosts: [], why: `${wanted}, and there is no fallback` };
  const values = Object.entries(config.get('default_subset')?.value ?? {});
  const hosts = scaled(config, matching(config, all, values), all);
  return { policy, hosts, why: `${wanted}; fallback: the default subset` };
}

/** The hosts whose own metadata has all values; with `list_as_any` a host's list stands for each of its items. */
function matching(config: View, all: readonly Host[], values: readonly (readonly [string, unknown])[]): Host[] {
  const listAsAny = config.boolean('list_as_any');
  return all.filter(host => {
    const metadata = host.metadata('envoy.lb');
    return values.every(([key, value]) => {
      const own = Object.hasOwn(metadata, key) ? metadata[key] : undefined;
      return listAsAny && Array.isArray(own)
        ? own.some(item => isDeepStrictEqual(item, value))
        : own !== undefined && isDeepStrictEqual(own, value);
    });
  });
}

/** `scale_locality_weight`: a locality's weight shrinks with the part of its hosts that the subset leaves out. */
function scaled(config: View, hosts: readonly Host[], all: readonly Host[]): readonly Host[] {
  if (!config.boolean('locality_weight_aware') || !config.boolean('scale_locality_weight')) return hosts;
  const count = (list: readonly Host[], { locality, priority }: Host) =>
    list.filter(host => host.locality === locality && host.priority === priority).length;
  return hosts.map(host => ({
    ...host,
    localityWeight: Math.round((host.localityWeight * count(hosts, host)) / count(all, host)),
  }));
}

function describe(keys: Keys): string {
  return [...keys]
    .map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');
}
