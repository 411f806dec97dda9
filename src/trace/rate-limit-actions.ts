import { matchHeader } from '../match/header.js';
import { matchQuery, parseQuery } from '../match/query.js';
import { isUnknown } from '../match/ternary.js';
import type { View } from '../model/view.js';
import { headerLookup } from './headers.js';
import type { Tracing } from './tracing.js';

/**
 * Whether a route.v3.RateLimit makes a descriptor of the request: one action that finds nothing drops it. What is not known counts as found.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/route/v3/route_components.proto#config-route-v3-ratelimit
 */
export function describesRequest(trace: Tracing, limit: View): boolean {
  return limit.list('actions').every(action => finds(trace, action));
}

function finds(trace: Tracing, action: View): boolean {
  const headers = headerLookup(trace);
  const header = action.get('request_headers');
  if (header !== undefined)
    return header.boolean('skip_if_absent') || headers(header.string('header_name')?.toLowerCase() ?? '') !== undefined;
  const byHeaders = action.get('header_value_match');
  if (byHeaders !== undefined) {
    const results = byHeaders.list('headers').map(matcher => matchHeader(matcher, headers).result);
    return agrees(byHeaders, results);
  }
  const byQuery = action.get('query_parameter_value_match');
  if (byQuery === undefined) return true;
  const query = parseQuery(headers(':path') ?? '');
  return agrees(
    byQuery,
    byQuery.list('query_parameters').map(matcher => matchQuery(matcher, query).result),
  );
}

function agrees(match: View, results: readonly ReturnType<typeof matchHeader>['result'][]): boolean {
  return results.some(isUnknown) || results.every(result => result === true) === match.boolean('expect_match', true);
}
