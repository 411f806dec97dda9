import { describe, expect, it } from 'vitest';
import type { Json } from '../../support/minimal-proxy.js';
import { to } from './route-action-parts.js';
import { stepOf, throughHttp } from './through-http.js';

describe('what else a route says', () => {
  it.each<[string, Json, string]>([
    ['idle timeout', { idle_timeout: '0s' }, 'idle timeout none (0s)'],
    [
      'hash by header',
      { hash_policy: [{ header: { header_name: 'x-user' }, terminal: true }] },
      'hash policy: header x-user, the last one where it gives a hash',
    ],
    [
      'hash by cookie',
      { hash_policy: [{ cookie: { name: 'c', ttl: '0s' } }] },
      'hash policy: cookie c, which Envoy sets where it is absent',
    ],
    [
      'hash by address',
      { hash_policy: [{ connection_properties: { source_ip: true } }] },
      'hash policy: the client’s address',
    ],
    ['hash by parameter', { hash_policy: [{ query_parameter: { name: 'q' } }] }, 'hash policy: query parameter q'],
    ['hash by filter state', { hash_policy: [{ filter_state: { key: 'k' } }] }, 'hash policy: filter state k'],
    [
      'internal redirects',
      { internal_redirect_policy: { redirect_response_codes: [301, 302], max_internal_redirects: 2 } },
      'follows redirects of the upstream itself (301, 302; at most 2)',
    ],
    [
      'internal redirects of v2',
      { internal_redirect_action: 'HANDLE_INTERNAL_REDIRECT' },
      'follows redirects of the upstream itself (302; at most 1)',
    ],
    ['host', { auto_host_rewrite: true }, 'host becomes the endpoint’s own DNS name (auto_host_rewrite)'],
    ['priority', { priority: 'HIGH' }, 'priority HIGH: the cluster’s circuit breakers of that priority count'],
  ])('%s', async (_, action, line) => {
    expect(stepOf(await throughHttp(to(action)), 'action')?.details).toContain(line);
  });
});
