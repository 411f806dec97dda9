import { matchHeader } from '../../match/header.js';
import type { Extension } from '../../model/extension.js';
import type { View } from '../../model/view.js';
import { istioctl, placeIn } from '../evidence.js';
import { headerLookup } from '../headers.js';
import type { PerRoute } from '../per-route.js';
import type { Tracing } from '../tracing.js';
import type { FilterState } from './filter-state.js';
import { letPass } from './http-filter-passing.js';

/**
 * Health checks, told by their headers, are answered in Envoy's own name unless they are passed through: 200, or 503 by what only the running
 * Envoy knows (source/extensions/filters/http/health_check/health_check.cc, decodeHeaders and onComplete).
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/health_check_filter
 */
export function healthCheck(trace: Tracing, { name, config }: Extension, _: PerRoute, state: FilterState): void {
  const label = name ?? 'health_check';
  const headers = headerLookup(trace);
  const isCheck = config.list('headers').every(matcher => matchHeader(matcher, headers).result === true);
  if (!isCheck) letPass(trace, label, { effect: 'the request is no health check' }, state);
  else if (config.boolean('pass_through_mode'))
    letPass(trace, label, { effect: 'passes health checks through' }, state);
  else answer(trace, label, config, state);
}

function answer(trace: Tracing, label: string, config: View, state: FilterState): void {
  const clusters = config.entries('cluster_min_healthy_percentages').map(([cluster]) => cluster);
  const few = clusters.length === 0 ? '' : ` or cluster ${clusters.join(' or ')} has too few healthy endpoints`;
  const why = `${label} answers health checks itself: 200, or 503 where this Envoy fails its health checks${few}`;
  trace.step('http-filters', 'matched', {
    name: label,
    ...placeIn(trace.listener, config.pointer),
    why,
    details: state.lines,
    istioctl: [istioctl.listeners(trace.proxy.name, trace.request.port)],
  });
  trace.missing.add(`whether ${label} answers 200 or 503, which the running Envoy alone knows`);
  trace.finish('direct_response', why, { responseCode: null, responseCodeDetails: null });
}
