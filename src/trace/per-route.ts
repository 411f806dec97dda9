import { type Extension, unwrapAny } from '../model/extension.js';
import { View } from '../model/view.js';
import type { Tracing } from './tracing.js';

/** A filter's configuration for the chosen route. */
export interface PerRoute {
  /** The override, unwrapped; null where there is none. */
  readonly config: View | null;
  /** Set where the override says whether the filter runs at all. */
  readonly disabled: boolean | null;
  /** The level at which it stands. */
  readonly level: 'weighted cluster' | 'route' | 'virtual host' | 'route table' | null;
}

const NONE: PerRoute = { config: null, disabled: null, level: null };

/**
 * The most specific override of a filter: weighted cluster, route, virtual host, then route table, under the name by which the filter is configured
 * (`typed_per_filter_config`; `per_filter_config` in API v2).
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/http_filters (route based filter chain)
 */
export function perRouteOf(trace: Tracing, filter: Extension): PerRoute {
  const levels = [
    [trace.weightedCluster, 'weighted cluster'],
    [trace.route, 'route'],
    [trace.virtualHost, 'virtual host'],
    [trace.routeTable?.view ?? null, 'route table'],
  ] as const;
  for (const [holder, level] of levels) {
    const found = holder === null ? undefined : overrideIn(holder, filter);
    if (found !== undefined) return read(found, level);
  }
  return NONE;
}

function overrideIn(holder: View, filter: Extension): View | undefined {
  for (const field of ['typed_per_filter_config', 'per_filter_config']) {
    const map = holder.get(field);
    if (map === undefined) continue;
    for (const name of names(filter)) {
      const value = map.value[name];
      if (typeof value === 'object' && value !== null)
        return new View(value as Record<string, unknown>, `${map.pointer}/${name}`);
    }
  }
  return undefined;
}

/** Old names of the well-known filters still find their overrides: `envoy.fault` and `envoy.filters.http.fault`. */
function names({ name, kind }: Extension): string[] {
  return [...new Set([name ?? kind, `envoy.filters.http.${kind}`, `envoy.${kind}`])];
}

/** FilterConfig wraps an override to make it optional or to switch the filter off or on. */
function read(view: View, level: PerRoute['level']): PerRoute {
  const { type, config } = unwrapAny(view);
  if (type?.endsWith('route.v3.FilterConfig') === true) {
    const inner = config.get('config');
    const disabled = config.boolean('disabled') ? true : inner === undefined ? false : null;
    return { config: inner === undefined ? null : unwrapAny(inner).config, disabled, level };
  }
  return { config, disabled: config.boolean('disabled') ? true : null, level };
}
