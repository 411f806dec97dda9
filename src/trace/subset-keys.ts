import type { View } from '../model/view.js';
import type { Tracing } from './tracing.js';

/**
 * Adds the keys by which `metadata_match` narrows the endpoints to a subset, under `envoy.lb`; of holders that set the same key the last wins.
 * https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/upstream/load_balancing/subsets
 */
export function addSubsetKeys(trace: Tracing, holders: readonly View[]): void {
  for (const holder of holders) {
    const keys = holder.path('metadata_match', 'filter_metadata')?.get('envoy.lb');
    for (const [key, value] of Object.entries(keys?.value ?? {})) trace.subsetKeys.set(key, value);
  }
}
