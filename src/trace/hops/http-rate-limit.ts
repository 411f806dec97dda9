import { runtimeFraction } from '../../match/fraction.js';
import type { Extension } from '../../model/extension.js';
import type { View } from '../../model/view.js';
import { askedService } from '../asked-service.js';
import { headerLookup } from '../headers.js';
import type { PerRoute } from '../per-route.js';
import { percent } from '../percent.js';
import { describesRequest } from '../rate-limit-actions.js';
import { runtimeOf } from '../runtime.js';
import type { Tracing } from '../tracing.js';
import type { FilterState } from './filter-state.js';
import { letPass } from './http-filter-passing.js';

/**
 * Global rate limit: it asks its service only where the route or the virtual host has rate limits of its stage that describe the request.
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/rate_limit_filter
 */
export function rateLimit(trace: Tracing, { name, config }: Extension, perRoute: PerRoute, state: FilterState): void {
  const label = name ?? 'ratelimit';
  const kind = config.string('request_type') ?? 'both';
  const isInternal = headerLookup(trace)('x-envoy-internal') === 'true';
  if ((kind === 'internal' && !isInternal) || (kind === 'external' && isInternal)) {
    state.lines.push(`${label}: for ${kind} requests only`);
    return;
  }
  const limits = limitsOf(trace, perRoute, config.number('stage') ?? 0);
  if (!limits.some(limit => describesRequest(trace, limit))) {
    const why =
      limits.length === 0 ? 'neither route nor virtual host has rate limits' : 'no rate limit describes the request';
    state.lines.push(`${label}: does not ask (${why})`);
    return;
  }
  const cluster = askedService(config);
  const effect = `asks the rate limit service at cluster ${cluster} (domain ${config.string('domain') ?? ''})`;
  letPass(trace, label, { effect, condition: `ratelimit at cluster ${cluster} allows it` }, state);
}

/** The route's limits; the virtual host's too, or where the route has none, as the override says. */
function limitsOf(trace: Tracing, { config: override }: PerRoute, stage: number): View[] {
  const own = override?.list('rate_limits') ?? [];
  if (own.length > 0) return own;
  const action = trace.route?.get('route');
  const ofRoute = action?.list('rate_limits') ?? [];
  const ofHost = trace.virtualHost?.list('rate_limits') ?? [];
  const mode =
    override?.string('vh_rate_limits') ?? (action?.boolean('include_vh_rate_limits') === true ? 'INCLUDE' : 'OVERRIDE');
  const takesHost = mode === 'INCLUDE' || (mode === 'OVERRIDE' && ofRoute.length === 0);
  return [...ofRoute, ...(takesHost ? ofHost : [])].filter(limit => (limit.number('stage') ?? 0) === stage);
}

/**
 * Local rate limit: off, counting or enforcing; both shares are 0% where they are not set. The route's configuration replaces the filter's.
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/local_rate_limit_filter
 */
export function localRateLimit(
  trace: Tracing,
  { name, config }: Extension,
  perRoute: PerRoute,
  state: FilterState,
): void {
  const label = name ?? 'local_ratelimit';
  const effective = perRoute.config ?? config;
  const runtime = runtimeOf(trace.proxy);
  const enabled = runtimeFraction(effective.get('filter_enabled'), runtime) ?? 0;
  const enforced = runtimeFraction(effective.get('filter_enforced'), runtime) ?? 0;
  const bucket = effective.get('token_bucket');
  if (bucket === undefined) letPass(trace, label, { effect: 'has no token bucket, so it limits nothing' }, state);
  else if (enabled === 0) letPass(trace, label, { effect: 'is not enabled (filter_enabled is 0%)' }, state);
  else if (enforced === 0) letPass(trace, label, { effect: 'counts only (filter_enforced is 0%)' }, state);
  else {
    const share = enabled * enforced < 1 ? `, for ${percent(enabled * enforced)} of them` : '';
    const set = effective.get('status')?.number('code') ?? 429;
    const code = set < 400 ? 429 : set;
    const effect = `answers ${code} over ${bucket.number('max_tokens') ?? 0} requests in ${bucket.string('fill_interval') ?? 'its interval'}${share}`;
    letPass(trace, label, { effect, condition: `${label} allows it` }, state);
  }
}
