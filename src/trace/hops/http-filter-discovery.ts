import { type Extension, extensionOf } from '../../model/extension.js';
import { View } from '../../model/view.js';
import type { Tracing } from '../tracing.js';

/**
 * A filter whose configuration comes by itself (ECDS), with what has come, else its default.
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/overview/extension
 */
export function withDiscovery(trace: Tracing, filter: Extension, view: View): Extension {
  const discovery = view.get('config_discovery');
  if (discovery === undefined || filter.type !== null) return filter;
  const found = trace.proxy.find('ecds', filter.name ?? '')?.view;
  if (found !== undefined) {
    const extension = extensionOf(found.has('typed_config') ? found : (wrapped(found) ?? found));
    return { ...extension, name: filter.name };
  }
  const fallback = discovery.get('default_config');
  return fallback === undefined
    ? filter
    : { ...extensionOf(new View({ typed_config: fallback.value }, fallback.pointer)), name: filter.name };
}

function wrapped(view: View): View | undefined {
  return view.get('filter') ?? view.get('ecds_filter');
}

/** Until its configuration has come Envoy answers 500 in the filter's place. */
export function isMissingConfig(view: View, filter: Extension): boolean {
  return view.has('config_discovery') && filter.type === null;
}
