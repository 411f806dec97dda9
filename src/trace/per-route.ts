import { escapePointer } from '../decode/case.js';
import { isObject } from '../decode/json.js';
import { type Extension, unwrapAny } from '../model/extension.js';
import { View } from '../model/view.js';
import type { Tracing } from './tracing.js';
import { weightedClusterOf } from './weighted-cluster.js';

type Level = 'weighted cluster' | 'route' | 'virtual host' | 'route table';

/** A filter's configuration for the chosen route. */
export interface PerRoute {
  /** The most specific override, unwrapped; null where there is none. */
  readonly config: View | null;
  /** Set where an override says whether the filter runs at all; one that holds a configuration switches the filter on. */
  readonly disabled: boolean | null;
  /** The level at which the configuration, else the switch, stands. */
  readonly level: Level | null;
  /** Every override with its level, the most specific first. */
  readonly all: readonly { readonly config: View; readonly level: Level }[];
}

/** What a filter inside another one has: overrides go by the outer filter's name. */
export const NO_OVERRIDE: PerRoute = { config: null, disabled: null, level: null, all: [] };

/**
 * The overrides of a filter at weighted cluster, route, virtual host and route table, under the name by which the filter is configured
 * (`typed_per_filter_config`; `per_filter_config` in API v2). The most specific one says whether the filter runs, the most specific one that
 * has a configuration what it does (source/common/router/per_filter_config.cc).
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/http_filters (route based filter chain)
 */
export function perRouteOf(trace: Tracing, filter: Extension): PerRoute {
  const found = holdersOf(trace, filter).flatMap(([holder, level]) => {
    const override = overrideIn(holder, filter);
    return override === undefined ? [] : [{ ...read(override), level }];
  });
  const all = found.flatMap(({ config, level }) => (config === null ? [] : [{ config, level }]));
  const [first] = found;
  return {
    config: all[0]?.config ?? null,
    disabled: first?.disabled ?? null,
    level: all[0]?.level ?? first?.level ?? null,
    all,
  };
}

/** The weighted cluster is looked at only where one of them overrides the filter: until then nothing depends on the choice. */
function holdersOf(trace: Tracing, filter: Extension): [View, Level][] {
  const action = trace.route?.get('route');
  const clusters = action?.get('weighted_clusters')?.list('clusters') ?? [];
  const isOverridden = clusters.some(cluster => overrideIn(cluster, filter) !== undefined);
  const holders: [View | null | undefined, Level][] = [
    [isOverridden ? weightedClusterOf(trace, action) : null, 'weighted cluster'],
    [trace.route, 'route'],
    [trace.virtualHost, 'virtual host'],
    [trace.routeTable?.view, 'route table'],
  ];
  return holders.filter((holder): holder is [View, Level] => holder[0] !== null && holder[0] !== undefined);
}

function overrideIn(holder: View, filter: Extension): View | undefined {
  for (const field of ['typed_per_filter_config', 'per_filter_config']) {
    const map = holder.get(field);
    if (map === undefined) continue;
    for (const name of names(filter)) {
      const value = Object.hasOwn(map.value, name) ? map.value[name] : undefined;
      if (isObject(value)) return new View(value, `${map.pointer}/${escapePointer(name)}`);
    }
  }
  return undefined;
}

/** Old names of the well-known filters still find their overrides: `envoy.fault` and `envoy.filters.http.fault`. */
function names({ name, kind }: Extension): string[] {
  return [...new Set([name ?? kind, `envoy.filters.http.${kind}`, `envoy.${kind}`])];
}

/** FilterConfig wraps an override, and may hold the switch alone; the overrides of some filters have a switch of their own. */
function read(view: View): { config: View | null; disabled: boolean } {
  const { type, config } = unwrapAny(view);
  if (type?.endsWith('route.v3.FilterConfig') !== true) return { config, disabled: config.boolean('disabled') };
  const inner = config.get('config');
  const own = inner === undefined ? null : unwrapAny(inner);
  if (config.boolean('disabled') || own === null || (own.type === null && Object.keys(own.config.value).length === 0))
    return { config: null, disabled: config.boolean('disabled') };
  return { config: own.config, disabled: own.config.boolean('disabled') };
}
