import { runtimeFraction } from '../../match/fraction.js';
import { matchString } from '../../match/string-matcher.js';
import type { Extension } from '../../model/extension.js';
import type { View } from '../../model/view.js';
import { headerLookup } from '../headers.js';
import type { PerRoute } from '../per-route.js';
import type { Tracing } from '../tracing.js';
import type { FilterState } from './filter-state.js';

/**
 * CORS: Envoy answers a preflight of an allowed origin itself; all else passes.
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/cors_filter
 */
export function cors(trace: Tracing, { name }: Extension, perRoute: PerRoute, state: FilterState): void {
  const policy = perRoute.config ?? trace.route?.get('route')?.get('cors') ?? trace.virtualHost?.get('cors');
  const label = name ?? 'cors';
  const lookup = headerLookup(trace);
  const origin = lookup('origin');
  if (policy === undefined) {
    state.lines.push(`${label}: no policy for this route`);
    return;
  }
  if (origin === undefined || origin === '' || !isEnabled(policy)) {
    state.lines.push(`${label}: ${origin === undefined ? 'the request has no Origin' : 'the policy is not enabled'}`);
    return;
  }
  const isPreflight = trace.request.method === 'OPTIONS' && lookup('access-control-request-method') !== undefined;
  const allowed = allows(policy, origin);
  const forwards = policy.boolean('forward_not_matching_preflights', true);
  if (!isPreflight || (!allowed && forwards)) {
    state.lines.push(
      `${label}: origin ${origin} is ${allowed ? 'allowed' : 'not allowed; the answer gets no CORS headers'}`,
    );
    return;
  }
  const why = allowed
    ? `a preflight of the allowed origin ${origin}`
    : `a preflight of origin ${origin}, which is not allowed, so it gets no CORS headers`;
  trace.step('http-filters', 'matched', { name: label, pointer: policy.pointer, why, details: state.lines });
  trace.finish('cors_preflight', why);
}

function isEnabled(policy: View): boolean {
  if (policy.has('enabled')) return policy.boolean('enabled');
  return (runtimeFraction(policy.get('filter_enabled')) ?? 1) > 0;
}

/** v2 lists origins as plain strings (`*` is any) or as regexes. */
function allows(policy: View, origin: string): boolean {
  if (policy.strings('allow_origin').some(allowed => allowed === '*' || allowed === origin)) return true;
  return policy
    .list('allow_origin_string_match')
    .some(matcher => matcher.string('exact') === '*' || matchString(matcher, origin).result === true);
}
