import { describe, expect, it } from 'vitest';
import type { TraceRequest } from '../../../src/trace/request.js';
import { traceRequest } from '../../../src/trace/trace.js';
import {
  address,
  assignment,
  chain,
  edsCluster,
  extension,
  hcm,
  lbEndpoint,
  listener,
  ROUTER,
  route,
  staticCluster,
  tcp,
  virtualHost,
  virtualOutbound,
} from '../../support/messages.js';
import { GATEWAY, type Json, type MinimalParts, minimalProxy } from '../../support/minimal-proxy.js';

const web = listener(80, [chain([hcm([virtualHost([route('c')])])])]);

/** A request over HTTP to cluster `c`. */
async function reach(parts: MinimalParts, request: TraceRequest = {}) {
  const proxy = await minimalProxy({ listeners: [virtualOutbound(), web], ...parts });
  const result = traceRequest(proxy, { to: '10.1.1.1:80', host: 'a', ...request });
  return { ...result, step: result.steps.find(({ hop }) => hop === 'endpoints') };
}

const shares = (endpoints: readonly { address: string; share: number }[]) =>
  Object.fromEntries(endpoints.map(({ address: at, share }) => [at, Math.round(share * 100)]));

const healthy = (host: string, more: Json = {}) => lbEndpoint(host, more);
const bad = (host: string, health = 'UNHEALTHY') => lbEndpoint(host, { health_status: health });
const group = (endpoints: readonly Json[], more: Json = {}): Json => ({ lb_endpoints: endpoints, ...more });
const zone = (name: string): Json => ({ locality: { zone: name } });

/** An EDS cluster `c` with these localities. */
function eds(groups: readonly Json[], cluster: Json = {}, policy?: Json): MinimalParts {
  return {
    clusters: [edsCluster('c', cluster)],
    endpoints: [{ cluster_name: 'c', endpoints: groups, ...(policy === undefined ? {} : { policy }) }],
  };
}

const NO_PANIC = { common_lb_config: { healthy_panic_threshold: { value: 0 } } };
const FAILING = { common_lb_config: { zone_aware_lb_config: { fail_traffic_on_panic: true } } };
const BY_LOCALITY = { common_lb_config: { locality_weighted_lb_config: {} } };

describe('health and priorities', () => {
  it.each<[string, MinimalParts, Record<string, number>]>([
    [
      'EDS health UNKNOWN is healthy',
      eds([group([healthy('1.1.1.1:1', { health_status: 'UNKNOWN' }), bad('1.1.1.2:1')])], NO_PANIC),
      { '1.1.1.1:1': 100, '1.1.1.2:1': 0 },
    ],
    [
      'DRAINING and TIMEOUT are not',
      eds([group([healthy('1.1.1.1:1'), bad('1.1.1.2:1', 'DRAINING'), bad('1.1.1.3:1', 'TIMEOUT')])], NO_PANIC),
      { '1.1.1.1:1': 100, '1.1.1.2:1': 0, '1.1.1.3:1': 0 },
    ],
    [
      'healthy before degraded',
      eds([group([healthy('1.1.1.1:1'), bad('1.1.1.2:1', 'DEGRADED')])]),
      { '1.1.1.1:1': 70, '1.1.1.2:1': 30 },
    ],
    ['degraded alone', eds([group([bad('1.1.1.2:1', 'DEGRADED')])]), { '1.1.1.2:1': 100 }],
    [
      'endpoint weights',
      eds([group([healthy('1.1.1.1:1', { load_balancing_weight: 3 }), healthy('1.1.1.2:1')])]),
      { '1.1.1.1:1': 75, '1.1.1.2:1': 25 },
    ],
    [
      'the next priority takes what the first cannot',
      eds([group([healthy('1.1.1.1:1'), bad('1.1.1.2:1')]), group([healthy('1.1.1.3:1')], { priority: 1 })]),
      { '1.1.1.1:1': 70, '1.1.1.2:1': 0, '1.1.1.3:1': 30 },
    ],
    [
      'a factor of 100',
      eds(
        [group([healthy('1.1.1.1:1'), bad('1.1.1.2:1')]), group([healthy('1.1.1.3:1')], { priority: 1 })],
        {},
        { overprovisioning_factor: 100 },
      ),
      { '1.1.1.1:1': 50, '1.1.1.2:1': 0, '1.1.1.3:1': 50 },
    ],
    [
      'weighted_priority_health',
      eds(
        [
          group([healthy('1.1.1.1:1', { load_balancing_weight: 9 }), bad('1.1.1.2:1')]),
          group([healthy('1.1.1.3:1')], { priority: 1 }),
        ],
        {},
        { weighted_priority_health: true },
      ),
      { '1.1.1.1:1': 100, '1.1.1.2:1': 0, '1.1.1.3:1': 0 },
    ],
    [
      'panic: health and locality weights are ignored',
      eds(
        [
          group([bad('1.1.1.1:1')], { ...zone('a'), load_balancing_weight: 99 }),
          group([bad('1.1.1.2:1'), bad('1.1.1.3:1')], { ...zone('b'), load_balancing_weight: 1 }),
        ],
        BY_LOCALITY,
      ),
      { '1.1.1.1:1': 33, '1.1.1.2:1': 33, '1.1.1.3:1': 33 },
    ],
    [
      'an address listed twice counts once',
      eds([group([healthy('1.1.1.1:1'), healthy('1.1.1.1:1'), healthy('1.1.1.2:1')])]),
      { '1.1.1.1:1': 50, '1.1.1.2:1': 50 },
    ],
  ])('%s', async (_, parts, expected) => {
    const { outcome, endpoints } = await reach(parts);
    expect([outcome, shares(endpoints)]).toEqual(['forwarded', expected]);
  });

  it.each<[string, MinimalParts, string]>([
    ['no endpoints', eds([]), 'the cluster has no endpoints'],
    [
      'none healthy, threshold 0',
      eds([group([bad('1.1.1.1:1')])], NO_PANIC),
      'no endpoint is healthy and the panic threshold is 0',
    ],
    [
      'fail_traffic_on_panic',
      eds([group([bad('1.1.1.1:1'), healthy('1.1.1.2:1'), bad('1.1.1.3:1')])], FAILING),
      'too few endpoints are healthy, and fail_traffic_on_panic refuses all',
    ],
  ])('503 UH: %s', async (_, parts, why) => {
    const { outcome, reason, responseCode, responseFlag, step } = await reach(parts);
    expect([outcome, reason, responseCode, responseFlag, step?.why]).toEqual([
      'responded',
      'no_healthy_upstream',
      503,
      'UH',
      why,
    ]);
  });

  const half = eds(
    [
      group([healthy('1.1.1.1:1'), bad('1.1.1.2:1'), bad('1.1.1.3:1'), bad('1.1.1.4:1')]),
      group([healthy('1.1.2.1:1'), bad('1.1.2.2:1'), bad('1.1.2.3:1')], { priority: 1 }),
    ],
    {
      common_lb_config: {
        healthy_panic_threshold: { value: 30 },
        zone_aware_lb_config: { fail_traffic_on_panic: true },
      },
    },
  );

  it('fail_traffic_on_panic of one priority refuses its part of the requests only', async () => {
    const { outcome, weightedClusters } = await reach(half);
    expect(outcome).toBe('mixed');
    expect(weightedClusters.map(({ share, outcome: end, reason }) => [share, end, reason])).toEqual([
      [0.56, 'forwarded', null],
      [0.44, 'responded', 'no_healthy_upstream'],
    ]);
  });

  it.each([
    [43, 'no_healthy_upstream'],
    [44, null],
  ])('random %i decides which', async (random, reason) => {
    expect((await reach(half, { random })).reason).toBe(reason);
  });
});

describe('localities by weight', () => {
  const twoZones = (a: Json[], b: Json[], weights: readonly [number?, number?]): Json[] => [
    group(a, { ...zone('a'), ...(weights[0] === undefined ? {} : { load_balancing_weight: weights[0] }) }),
    group(b, { ...zone('b'), ...(weights[1] === undefined ? {} : { load_balancing_weight: weights[1] }) }),
  ];
  const a = [healthy('1.1.1.1:1'), healthy('1.1.1.2:1')];
  const b = [healthy('1.1.2.1:1')];

  it.each<[string, Json[], Json, Record<string, number>]>([
    [
      'each locality its weight',
      twoZones(a, b, [1, 3]),
      BY_LOCALITY,
      { '1.1.1.1:1': 13, '1.1.1.2:1': 13, '1.1.2.1:1': 75 },
    ],
    [
      'no weight for one: it gets nothing',
      twoZones(a, b, [1]),
      BY_LOCALITY,
      { '1.1.1.1:1': 50, '1.1.1.2:1': 50, '1.1.2.1:1': 0 },
    ],
    [
      'no weight at all: localities do not count',
      twoZones(a, b, []),
      BY_LOCALITY,
      { '1.1.1.1:1': 33, '1.1.1.2:1': 33, '1.1.2.1:1': 33 },
    ],
    [
      'a locality that is half down counts 0.7',
      twoZones([healthy('1.1.1.1:1'), bad('1.1.1.2:1')], b, [1, 1]),
      BY_LOCALITY,
      { '1.1.1.1:1': 41, '1.1.1.2:1': 0, '1.1.2.1:1': 59 },
    ],
    [
      'weights without locality_weighted_lb_config',
      twoZones(a, b, [1, 3]),
      {},
      { '1.1.1.1:1': 33, '1.1.1.2:1': 33, '1.1.2.1:1': 33 },
    ],
    [
      'the policy extension says so',
      twoZones(a, b, [1, 3]),
      {
        load_balancing_policy: {
          policies: [
            {
              typed_extension_config: extension(
                'p',
                'envoy.extensions.load_balancing_policies.least_request.v3.LeastRequest',
                {
                  locality_lb_config: { locality_weighted_lb_config: {} },
                },
              ),
            },
          ],
        },
      },
      { '1.1.1.1:1': 13, '1.1.1.2:1': 13, '1.1.2.1:1': 75 },
    ],
  ])('%s', async (_, groups, cluster, expected) => {
    expect(shares((await reach(eds(groups, cluster))).endpoints)).toEqual(expected);
  });
});

function aggregate(...clusters: string[]): Json {
  return {
    name: 'c',
    lb_policy: 'CLUSTER_PROVIDED',
    cluster_type: extension('envoy.clusters.aggregate', 'envoy.extensions.clusters.aggregate.v3.ClusterConfig', {
      clusters,
    }),
  };
}

const badStatic = (name: string, host: string, more: Json = {}): Json => ({
  ...staticCluster(name, [], more),
  load_assignment: assignment(name, [bad(host)]),
});

describe('aggregate clusters', () => {
  it.each<[string, Json[], Record<string, number>, string]>([
    [
      'the first member takes all',
      [aggregate('one', 'two'), staticCluster('one', ['1.1.1.1:1']), staticCluster('two', ['1.1.1.2:1'])],
      { '1.1.1.1:1': 100, '1.1.1.2:1': 0 },
      'forwarded',
    ],
    [
      'the second where the first is down',
      [aggregate('one', 'two'), badStatic('one', '1.1.1.1:1'), staticCluster('two', ['1.1.1.2:1'])],
      { '1.1.1.1:1': 0, '1.1.1.2:1': 100 },
      'forwarded',
    ],
    [
      'a member without hosts is left out',
      [aggregate('one', 'two'), staticCluster('one', []), staticCluster('two', ['1.1.1.2:1'])],
      { '1.1.1.2:1': 100 },
      'forwarded',
    ],
    [
      'a member that does not exist is left out',
      [aggregate('none', 'two'), staticCluster('two', ['1.1.1.2:1'])],
      { '1.1.1.2:1': 100 },
      'forwarded',
    ],
    ['no member with hosts', [aggregate('none')], {}, 'responded'],
  ])('%s', async (_, clusters, expected, outcome) => {
    const result = await reach({ clusters });
    expect([result.outcome, shares(result.endpoints)]).toEqual([outcome, expected]);
    expect(result.cluster).toBe('c');
  });

  it('each member decides by its own threshold whether it ignores health', async () => {
    const clusters = [aggregate('one', 'two'), badStatic('one', '1.1.1.1:1', NO_PANIC), badStatic('two', '1.1.1.2:1')];
    const { outcome, weightedClusters } = await reach({ clusters });
    expect(outcome).toBe('mixed');
    expect(weightedClusters.map(({ share, reason }) => [share, reason])).toEqual([
      [0.5, null],
      [0.5, 'no_healthy_upstream'],
    ]);
  });

  it('tells the members and the TLS of each', async () => {
    const tls = extension(
      'envoy.transport_sockets.tls',
      'envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext',
    );
    const clusters = [
      aggregate('one', 'none', 'two'),
      staticCluster('one', ['1.1.1.1:1'], { transport_socket: tls }),
      staticCluster('two', ['1.1.1.2:1']),
    ];
    const { steps, step } = await reach({ clusters });
    expect(steps.find(({ hop }) => hop === 'upstream-tls')?.why).toBe(
      '1 endpoint (100%): TLS, SNI none; 1 endpoint (0%): plaintext',
    );
    expect(step?.details).toContain(
      'envoy.clusters.aggregate: members in order: one, two, none (does not exist, left out)',
    );
  });
});

describe('cluster types', () => {
  const custom = (type: string, config: Json = {}): Json => ({
    name: 'c',
    cluster_type: extension(type, `envoy.extensions.clusters.${type}`, config),
  });

  it('an extension that is not known is undetermined, by name', async () => {
    const { outcome, missing } = await reach({ clusters: [custom('redis.v3.RedisClusterConfig')] });
    expect([outcome, missing]).toEqual(['undetermined', ['cluster type redis.v3.RedisClusterConfig']]);
  });

  it('unless /clusters shows its hosts', async () => {
    const statuses = [{ name: 'c', host_statuses: [{ address: address('1.1.1.1', 1), health_status: {} }] }];
    const { outcome, endpoints, assumptions } = await reach({
      clusters: [custom('redis.v3.RedisClusterConfig')],
      statuses,
    });
    expect([outcome, shares(endpoints)]).toEqual(['forwarded', { '1.1.1.1:1': 100 }]);
    expect(assumptions).toContain(
      'the cluster type redis.v3.RedisClusterConfig spreads requests as Envoy’s own load balancers do',
    );
  });

  const named = { load_assignment: assignment('c', [lbEndpoint('db.example:1')]) };
  it.each<[string, Json]>([
    ['STRICT_DNS', { name: 'c', type: 'STRICT_DNS', ...named }],
    ['LOGICAL_DNS', { name: 'c', type: 'LOGICAL_DNS', ...named }],
    ['the DNS extension', { ...custom('dns.v3.DnsCluster'), ...named }],
  ])('%s resolves at run time', async (_, cluster) => {
    const { outcome, sentence, assumptions } = await reach({ clusters: [cluster] });
    expect(outcome).toBe('forwarded');
    expect(sentence).toContain('at db.example:1, resolved by DNS');
    expect(assumptions).toContain('DNS resolves the cluster’s hosts');
  });

  it('a DNS name on a later priority gets nothing while the first is there', async () => {
    const groups = [group([lbEndpoint('a.example:1')]), group([lbEndpoint('b.example:1')], { priority: 1 })];
    const cluster = { name: 'c', type: 'STRICT_DNS', load_assignment: { cluster_name: 'c', endpoints: groups } };
    expect(shares((await reach({ clusters: [cluster] })).endpoints)).toEqual({ 'a.example:1': 100, 'b.example:1': 0 });
  });

  it('a dynamic forward proxy dials the host', async () => {
    const { sentence } = await reach(
      { clusters: [custom('dynamic_forward_proxy.v3.ClusterConfig')] },
      { host: 'x.example' },
    );
    expect(sentence).toContain('at x.example, resolved by DNS');
  });
});

describe('original destination', () => {
  const cluster = (config?: Json): Json => ({
    name: 'c',
    type: 'ORIGINAL_DST',
    lb_policy: 'CLUSTER_PROVIDED',
    ...(config === undefined ? {} : { original_dst_lb_config: config }),
  });
  const HEADER = { use_http_header: true };

  it.each<[string, Json | undefined, Record<string, string>, string]>([
    ['where the client wanted to go', undefined, {}, '10.1.1.1:80'],
    ['the header', HEADER, { 'x-envoy-original-dst-host': '10.9.9.9:90' }, '10.9.9.9:90'],
    ['the header is not asked', undefined, { 'x-envoy-original-dst-host': '10.9.9.9:90' }, '10.1.1.1:80'],
    ['the first value only', HEADER, { 'x-envoy-original-dst-host': '10.9.9.9:90, 10.8.8.8:80' }, '10.9.9.9:90'],
    ['another header', { ...HEADER, http_header_name: 'X-Dst' }, { 'x-dst': '[::9]:90' }, '[::9]:90'],
    ['a header that is no address', HEADER, { 'x-envoy-original-dst-host': 'a.example:90' }, '10.1.1.1:80'],
    ['a port for all', { upstream_port_override: 7 }, {}, '10.1.1.1:7'],
    [
      'a port for the header too',
      { ...HEADER, upstream_port_override: 7 },
      { 'x-envoy-original-dst-host': '10.9.9.9:90' },
      '10.9.9.9:7',
    ],
  ])('%s', async (_, config, headers, expected) => {
    const { outcome, endpoints } = await reach({ clusters: [cluster(config)] }, { headers });
    expect([outcome, endpoints.map(endpoint => endpoint.address)]).toEqual(['forwarded', [expected]]);
  });

  it('dynamic metadata is not known', async () => {
    const { outcome, missing } = await reach({
      clusters: [cluster({ metadata_key: { key: 'ns', path: [{ key: 'dst' }] } })],
    });
    expect([outcome, missing]).toEqual(['undetermined', ['dynamic metadata ns/dst']]);
  });

  it('nothing restores it at a gateway: 503 UH', async () => {
    const { reason } = await reach({ node: GATEWAY, listeners: [web], clusters: [cluster()] }, { to: '10.0.0.2:80' });
    expect(reason).toBe('no_healthy_upstream');
  });
});

describe('endpoints that lead back', () => {
  const own = (host: string) => ({ clusters: [staticCluster('c', [host])] });

  it.each([
    ['the capture port on localhost', '127.0.0.1:15001', 'loop'],
    ['the capture port on the pod’s address', '10.0.0.1:15001', 'loop'],
    ['another pod’s', '10.0.0.7:15001', null],
    ['a port of the application', '127.0.0.1:8080', null],
  ])('%s', async (_, host, reason) => {
    expect((await reach(own(host))).reason).toBe(reason);
  });

  it.each<[string, string, Json, string | null]>([
    ['a gateway’s own port', '10.0.0.2:80', {}, 'loop'],
    ['another port of the gateway', '10.0.0.2:81', {}, null],
    ['another gateway’s', '10.0.0.3:80', {}, null],
    ['its own port with another host', '10.0.0.2:80', { host_rewrite_literal: 'b' }, null],
  ])('%s', async (_, host, action, reason) => {
    const forward = { route: { cluster: 'c', ...action } };
    const listeners = [listener(80, [chain([hcm([virtualHost([route(forward)])])])])];
    expect((await reach({ node: GATEWAY, listeners, ...own(host) }, { to: '10.0.0.2:80' })).reason).toBe(reason);
  });

  it('the passthrough cluster towards the capture port', async () => {
    const outbound = virtualOutbound([chain([tcp('PassthroughCluster')])]);
    const parts = { listeners: [outbound], clusters: [{ name: 'PassthroughCluster', type: 'ORIGINAL_DST' }] };
    const { outcome, reason } = await reach(parts, { to: '10.0.0.1:15001', protocol: 'tcp', direction: 'outbound' });
    expect([outcome, reason]).toEqual(['closed', 'loop']);
  });
});

describe('drop_overloads', () => {
  const policy = { drop_overloads: [{ category: 'throttle', drop_percentage: { numerator: 10 } }] };
  const parts = eds([group([healthy('1.1.1.1:1')])], {}, policy);

  it('drops a part of the requests with 503 DO', async () => {
    const { outcome, weightedClusters } = await reach(parts);
    expect(outcome).toBe('mixed');
    expect(weightedClusters.map(({ share, reason, responseFlag }) => [share, reason, responseFlag])).toEqual([
      [0.9, null, null],
      [0.1, 'overload_dropped', 'DO'],
    ]);
  });

  it.each([
    [9, 'drop_overload'],
    [10, null],
  ])('random %i decides', async (random, details) => {
    expect((await reach(parts, { random })).responseCodeDetails).toBe(details);
  });
});

describe('circuit breakers', () => {
  const limited = (limits: Json, more: Json = {}) => ({
    clusters: [staticCluster('c', ['1.1.1.1:1'], { circuit_breakers: { thresholds: [{ ...limits, ...more }] } })],
  });
  const overTcp: MinimalParts = { listeners: [virtualOutbound(), listener(80, [chain([tcp('c')])])] };

  it.each<[string, MinimalParts, TraceRequest, string | null, string | null]>([
    ['no request may wait', limited({ max_pending_requests: 0 }), {}, 'overflow', 'UO'],
    ['no request may be under way', limited({ max_requests: 0 }), {}, 'overflow', 'UO'],
    ['a first connection is always made', limited({ max_connections: 0 }), {}, null, null],
    ['but not over TCP', { ...limited({ max_connections: 0 }), ...overTcp }, { protocol: 'tcp' }, 'overflow', 'UO'],
    [
      'requests do not count over TCP',
      { ...limited({ max_requests: 0 }), ...overTcp },
      { protocol: 'tcp' },
      null,
      null,
    ],
    ['a limit of one', limited({ max_pending_requests: 1, max_requests: 1 }), {}, null, null],
    ['another priority’s limit', limited({ max_requests: 0 }, { priority: 'HIGH' }), {}, null, null],
  ])('%s', async (_, parts, request, reason, flag) => {
    const result = await reach(parts, request);
    expect([result.reason, result.responseFlag]).toEqual([reason, flag]);
  });
});

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
