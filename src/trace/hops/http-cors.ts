import { runtimeFraction } from '../../match/fraction.js';
import { matchString } from '../../match/string-matcher.js';
import type { Extension } from '../../model/extension.js';
import type { View } from '../../model/view.js';
import { placeIn } from '../evidence.js';
import { takesRuntimeFraction } from '../fraction.js';
import { headerLookup } from '../headers.js';
import type { PerRoute } from '../per-route.js';
import { runtimeOf } from '../runtime.js';
import type { Tracing } from '../tracing.js';
import type { FilterState } from './filter-state.js';

/**
 * CORS: Envoy answers a preflight of an allowed origin itself; all else passes. The policies are those of the filter's overrides, the most specific
 * first, else the fields of route and virtual host; what the first one leaves out the next one may set
 * (source/extensions/filters/http/cors/cors_filter.cc).
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/cors_filter
 */
export function cors(trace: Tracing, { name }: Extension, perRoute: PerRoute, state: FilterState): void {
  const label = name ?? 'cors';
  const policies = policiesOf(trace, perRoute);
  const { why, answers } = decide(trace, policies);
  if (!answers) {
    state.lines.push(`${label}: ${why}`);
    return;
  }
  trace.step('http-filters', 'matched', {
    name: label,
    ...placeIn(trace.routeTable?.resource, policies[0]?.pointer),
    why,
    details: state.lines,
  });
  trace.finish('cors_preflight', why);
}

function decide(trace: Tracing, policies: readonly View[]): { why: string; answers: boolean } {
  const lookup = headerLookup(trace);
  const origin = lookup('origin') ?? '';
  const [first] = policies;
  if (first === undefined) return { why: 'no policy for this route', answers: false };
  if (origin === '') return { why: 'the request has no Origin', answers: false };
  if (!isEnabled(trace, first)) return { why: 'the policy is not enabled', answers: false };
  const isPreflight = trace.request.method === 'OPTIONS' && (lookup('access-control-request-method') ?? '') !== '';
  const listing = policies.find(hasOrigins);
  const isAllowed = listing !== undefined && allows(listing, origin);
  const forwarding = policies.find(policy => policy.has('forward_not_matching_preflights'));
  const forwards = forwarding?.boolean('forward_not_matching_preflights') ?? true;
  if (!isPreflight || (!isAllowed && forwards)) {
    const said = isAllowed ? 'allowed' : 'not allowed; the answer gets no CORS headers';
    return { why: `origin ${origin} is ${said}`, answers: false };
  }
  const said = isAllowed
    ? `the allowed origin ${origin}`
    : `origin ${origin}, which is not allowed, so it gets no CORS headers`;
  return { why: `a preflight of ${said}`, answers: true };
}

function policiesOf(trace: Tracing, { all }: PerRoute): View[] {
  if (all.length > 0) return all.map(({ config }) => config);
  const fields = [trace.route?.get('route')?.get('cors'), trace.virtualHost?.get('cors')];
  return fields.filter(policy => policy !== undefined);
}

/** `enabled` is v2's. */
function isEnabled(trace: Tracing, policy: View): boolean {
  if (policy.has('enabled')) return policy.boolean('enabled');
  const fraction = policy.get('filter_enabled');
  const share = runtimeFraction(fraction, runtimeOf(trace.proxy)) ?? 1;
  return share > 0 && takesRuntimeFraction(trace, share, fraction);
}

function hasOrigins(policy: View): boolean {
  return policy.has('allow_origin') || policy.list('allow_origin_string_match').length > 0;
}

/** v2 lists origins as plain strings (`*` is any) or as regexes. A matcher that takes `*` takes every origin. */
function allows(policy: View, origin: string): boolean {
  if (policy.strings('allow_origin').some(allowed => allowed === '*' || allowed === origin)) return true;
  return policy
    .list('allow_origin_string_match')
    .some(matcher => [origin, '*'].some(text => matchString(matcher, text).result === true));
}
