import { describe, expect, it } from 'vitest';
import {
  chain,
  extension,
  hcm,
  listener,
  ROUTER,
  route,
  virtualHost,
  virtualOutbound,
} from '../../support/messages.js';
import type { Json, MinimalParts } from '../../support/minimal-proxy.js';
import { BY_LOCALITY, eds, group, healthy, reach, zone } from './endpoints-parts.js';

describe('what may shift the shares', () => {
  const two = [group([healthy('1.1.1.1:1')], zone('a')), group([healthy('1.1.1.2:1')], zone('b'))];
  const LOCAL = { bootstrap: { cluster_manager: { local_cluster_name: 'us' } } };
  const session = extension(
    'envoy.filters.http.stateful_session',
    'envoy.extensions.filters.http.stateful_session.v3.StatefulSession',
  );
  const withSession: MinimalParts = {
    listeners: [
      virtualOutbound(),
      listener(80, [chain([hcm([virtualHost([route('c')])], { http_filters: [session, ROUTER] })])]),
    ],
  };
  const policy = (type: string, config: Json = {}): Json => ({
    load_balancing_policy: {
      policies: [
        { typed_extension_config: extension('p', `envoy.extensions.load_balancing_policies.${type}`, config) },
      ],
    },
  });

  it.each<[string, Json, MinimalParts, string | null]>([
    ['round robin', {}, {}, null],
    ['least request', { lb_policy: 'LEAST_REQUEST' }, {}, 'load balancing: least_request'],
    [
      'a hash',
      { lb_policy: 'RING_HASH' },
      {},
      'load balancing: ring_hash (by a hash of the request: equal requests get one endpoint)',
    ],
    [
      'the policy extension before lb_policy',
      { lb_policy: 'RING_HASH', ...policy('random.v3.Random') },
      {},
      'load balancing: random',
    ],
    [
      'a header that names the endpoint',
      policy('override_host.v3.OverrideHost', {
        fallback_policy: policy('round_robin.v3.RoundRobin').load_balancing_policy,
      }),
      {},
      'override_host: a header or metadata may name the endpoint',
    ],
    [
      'slow start',
      { round_robin_lb_config: { slow_start_config: { slow_start_window: '60s' } } },
      {},
      'slow start: new endpoints get less for 60s',
    ],
    [
      'zone-aware routing that does nothing',
      { common_lb_config: { zone_aware_lb_config: {} } },
      {},
      'zone-aware routing is set and does nothing: the bootstrap names no local cluster',
    ],
    [
      'zone-aware routing',
      {},
      LOCAL,
      'zone-aware routing (local cluster us, from 6 endpoints on) may keep requests in this proxy’s zone: the shares are those without it',
    ],
    ['no zone-aware routing beside locality weights', BY_LOCALITY, LOCAL, null],
    [
      'sessions',
      {},
      withSession,
      'a session may keep its endpoint while that is UNKNOWN, HEALTHY, DEGRADED (override_host_status)',
    ],
    [
      'sessions with a draining endpoint',
      { common_lb_config: { override_host_status: { statuses: ['DRAINING'] } } },
      withSession,
      'a session may keep its endpoint while that is DRAINING (override_host_status)',
    ],
    [
      'no sessions',
      { common_lb_config: { override_host_status: {} } },
      withSession,
      'a session’s endpoint is not kept: override_host_status allows no health',
    ],
  ])('%s', async (_, cluster, parts, note) => {
    const { step } = await reach({ ...eds(two, cluster), ...parts });
    expect(step?.details.filter(line => !/^1\.1\.1\./.test(line))).toEqual(note === null ? [] : [note]);
  });
});
