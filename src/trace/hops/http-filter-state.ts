import type { Extension } from '../../model/extension.js';
import { setFilterState } from '../filter-state.js';
import { headerLookup } from '../headers.js';
import type { PerRoute } from '../per-route.js';
import type { Tracing } from '../tracing.js';
import type { FilterState } from './filter-state.js';
import { chooseRouteAgain } from './route.js';

/**
 * Filter state that is set for a request: by the filter, then by its overrides, the most specific one last.
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/set_filter_state
 */
export function requestFilterState(
  trace: Tracing,
  { name, kind, config }: Extension,
  { all }: PerRoute,
  state: FilterState,
): void {
  const overrides = all.map(override => override.config).reverse();
  for (const values of [config, ...overrides].map(view => view.list('on_request_headers')))
    setFilterState(trace, values, headerLookup(trace));
  state.lines.push(`${name ?? kind}: sets filter state`);
  if (!config.boolean('clear_route_cache')) return;
  state.lines.push('the route is chosen again with this filter state');
  chooseRouteAgain(trace);
}
