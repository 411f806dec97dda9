import { matchHeader } from '../../match/header.js';
import type { Extension } from '../../model/extension.js';
import { headerLookup } from '../headers.js';
import type { PerRoute } from '../per-route.js';
import type { Tracing } from '../tracing.js';
import type { FilterState } from './filter-state.js';
import { letPass } from './http-filter-passing.js';

/**
 * Health checks, told by their headers, are answered in Envoy's own name unless they are passed through.
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/health_check_filter
 */
export function healthCheck(trace: Tracing, { name, config }: Extension, _: PerRoute, state: FilterState): void {
  const label = name ?? 'health_check';
  const headers = headerLookup(trace);
  const isCheck = config.list('headers').every(matcher => matchHeader(matcher, headers).result === true);
  if (!isCheck) letPass(trace, label, { effect: 'the request is no health check' }, state);
  else if (config.boolean('pass_through_mode'))
    letPass(trace, label, { effect: 'passes health checks through' }, state);
  else letPass(trace, label, { effect: 'answers health checks itself', condition: `${label} allows it` }, state);
}
