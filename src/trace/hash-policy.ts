import { parseCookies } from '../match/cookie.js';
import { parseQuery } from '../match/query.js';
import type { View } from '../model/view.js';
import { filterStateOf } from './filter-state.js';
import { headerLookup } from './headers.js';
import type { Tracing } from './tracing.js';

/**
 * What a route hashes to pick an endpoint, one text a policy: `header x-user`, `cookie session (set by Envoy)`.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/route/v3/route_components.proto#config-route-v3-routeaction-hashpolicy
 */
export function describeHashPolicies(action: View): string[] {
  return action.list('hash_policy').map(policy => {
    const last = policy.boolean('terminal') ? ', the last one where it gives a hash' : '';
    return `${whatIsHashed(policy)}${last}`;
  });
}

function whatIsHashed(policy: View): string {
  const header = policy.get('header');
  if (header !== undefined) return `header ${header.string('header_name') ?? ''}`;
  const cookie = policy.get('cookie');
  if (cookie !== undefined)
    return `cookie ${cookie.string('name') ?? ''}${cookie.has('ttl') ? ', which Envoy sets where it is absent' : ''}`;
  const query = policy.get('query_parameter');
  if (query !== undefined) return `query parameter ${query.string('name') ?? ''}`;
  const state = policy.get('filter_state');
  return state === undefined ? 'the client’s address' : `filter state ${state.string('key') ?? ''}`;
}

/** Whether one of a route's hash policies finds something to hash in the request. */
export function yieldsHash(trace: Tracing, action: View): boolean {
  return action.list('hash_policy').some(policy => finds(trace, policy));
}

function finds(trace: Tracing, policy: View): boolean {
  const headers = headerLookup(trace);
  const header = policy.get('header');
  if (header !== undefined) return headers(header.string('header_name')?.toLowerCase() ?? '') !== undefined;
  const cookie = policy.get('cookie');
  if (cookie !== undefined)
    return cookie.has('ttl') || parseCookies(headers('cookie') ?? '').has(cookie.string('name') ?? '');
  const query = policy.get('query_parameter');
  if (query !== undefined) return parseQuery(headers(':path') ?? '').has(query.string('name') ?? '');
  const state = policy.get('filter_state');
  if (state !== undefined) return filterStateOf(trace, state.string('key') ?? '') !== undefined;
  return policy.get('connection_properties')?.boolean('source_ip') === true;
}
