import { needsInput, type Unknown } from '../match/ternary.js';
import type { Extension } from '../model/extension.js';
import { httpFilterOf } from './http-filter-of.js';
import { perRouteOf } from './per-route.js';
import type { Tracing } from './tracing.js';

/**
 * Why it is not known what becomes of a cluster that is not there: a filter may fetch it while the request waits (`odcds`). Null where the
 * cluster is there, or nobody fetches it.
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/on_demand_updates_filter
 */
export function onDemandCluster(trace: Tracing, name: string, fetches: boolean): Unknown | null {
  if (!fetches || trace.proxy.find('cluster', name) !== undefined) return null;
  return needsInput(`cluster ${name}, which comes on demand`);
}

/** Whether the on_demand filter fetches clusters for the chosen route. */
export function fetchesClusters(trace: Tracing): boolean {
  const filter = httpFilterOf(trace, 'on_demand');
  return filter !== undefined && hasSource(trace, filter);
}

function hasSource(trace: Tracing, filter: Extension): boolean {
  return (perRouteOf(trace, filter).config ?? filter.config).has('odcds');
}
