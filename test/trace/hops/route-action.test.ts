import { describe, expect, it } from 'vitest';
import type { TraceRequest } from '../../../src/trace/request.js';
import { route } from '../../support/messages.js';
import type { Json } from '../../support/minimal-proxy.js';
import { type HttpParts, headersThrough, stepOf, throughHttp } from './through-http.js';

/** A route to cluster a with these fields of its action and of itself. */
function to(action: Json, more: Json = {}): HttpParts {
  return { routes: [route({ route: { cluster: 'a', ...action } }, more)] };
}

const regex = (pattern: string, substitution: string): Json => ({ pattern: { regex: pattern }, substitution });
const added = (key: string, value: string, more: Json = {}): Json => ({ header: { key, value }, ...more });

describe('the path that the upstream gets', () => {
  const template = (config: Json): Json => ({
    name: 'uri',
    typed_config: { '@type': 'x/envoy.extensions.path.rewrite.uri_template.v3.UriTemplateRewriteConfig', ...config },
  });
  const pattern = (path_template: string): Json => ({
    path_match_policy: {
      name: 'uri',
      typed_config: { '@type': 'x/envoy.extensions.path.match.uri_template.v3.UriTemplateMatchConfig', path_template },
    },
  });

  it.each<[string, Json, Json, string, string | null]>([
    ['a prefix', { prefix: '/old' }, { prefix_rewrite: '/new' }, '/old/a?b', '/new/a?b'],
    [
      'a prefix in another case',
      { prefix: '/OLD', case_sensitive: false },
      { prefix_rewrite: '/new' },
      '/old/a',
      '/new/a',
    ],
    ['a separated prefix', { path_separated_prefix: '/old' }, { prefix_rewrite: '/new' }, '/old/a', '/new/a'],
    ['an exact path', { path: '/old' }, { prefix_rewrite: '/new' }, '/old?b', '/new?b'],
    ['a regex match', { safe_regex: { regex: '/o.*' } }, { prefix_rewrite: '/new' }, '/old/a?b', '/new?b'],
    ['by regex', { prefix: '/' }, { regex_rewrite: regex('[aeiou]', 'X') }, '/old/ae?e', '/Xld/XX?e'],
    ['by regex with groups', { prefix: '/' }, { regex_rewrite: regex('^/(.*)/(.*)$', '/\\2/\\1') }, '/a/b', '/b/a'],
    ['by format', { prefix: '/' }, { path_rewrite: '/x%REQ(x-none)%' }, '/a?b', '/x-?b'],
    [
      'by template',
      pattern('/{a}/{b=**}'),
      { path_rewrite_policy: template({ path_template_rewrite: '/{b}/{a}' }) },
      '/x/y/z?q',
      '/y/z/x?q',
    ],
    ['nothing, an empty rewrite', { prefix: '/old' }, { prefix_rewrite: '' }, '/old', null],
  ])('%s', async (_, match, action, path, expected) => {
    expect((await throughHttp(to(action, { match }), { path })).rewrite.path).toBe(expected);
  });

  it('is replaced as a whole for CONNECT', async () => {
    const parts = to(
      { prefix_rewrite: '/new', upgrade_configs: [{ upgrade_type: 'CONNECT' }] },
      { match: { connect_matcher: {} } },
    );
    expect((await throughHttp(parts, { method: 'CONNECT', path: '/old/a?b' })).rewrite.path).toBe('/new?b');
  });

  it('is not known where Envoy refuses the pattern', async () => {
    const result = await throughHttp(to({ regex_rewrite: regex('(', 'X') }));
    expect(result).toMatchObject({
      outcome: 'undetermined',
      sentence: expect.stringContaining('Envoy refuses the route’s rewrite'),
    });
  });

  it('goes on in x-envoy-original-path, unless the router suppresses it', async () => {
    const parts = to({ prefix_rewrite: '/new/' });
    expect(await headersThrough(parts, { path: '/a' })).toMatchObject({ 'x-envoy-original-path': '/a' });
    const router = {
      name: 'envoy.filters.http.router',
      typed_config: { '@type': 'x/envoy.extensions.filters.http.router.v3.Router', suppress_envoy_headers: true },
    };
    expect(await headersThrough({ ...parts, manager: { http_filters: [router] } })).not.toHaveProperty(
      'x-envoy-original-path',
    );
  });
});

describe('the authority that the upstream gets', () => {
  it.each<[string, Json, TraceRequest, string | null]>([
    ['literally', { host_rewrite_literal: 'new' }, {}, 'new'],
    ['from a header', { host_rewrite_header: 'X-To' }, { headers: { 'x-to': 'new' } }, 'new'],
    ['from the first of several', { host_rewrite_header: 'x-to' }, { headers: { 'x-to': ['new', 'other'] } }, 'new'],
    ['from a header that is absent', { host_rewrite_header: 'x-to' }, {}, null],
    ['from the path', { host_rewrite_path_regex: regex('^/(.+)/.+$', '\\1') }, { path: '/new/x?q' }, 'new'],
    ['from a path that gives nothing', { host_rewrite_path_regex: regex('^/.*$', '') }, { path: '/new' }, null],
    ['by format', { host_rewrite: 'to-%REQ(x-to):2%' }, { headers: { 'x-to': 'new' } }, 'to-ne'],
    ['the endpoint’s own', { auto_host_rewrite: true }, {}, null],
  ])('%s', async (_, action, request, expected) => {
    expect((await throughHttp(to(action), request)).rewrite.host).toBe(expected);
  });

  it('sees the headers that the route adds', async () => {
    const parts = to({ host_rewrite_header: 'x-to' }, { request_headers_to_add: [added('x-to', 'new')] });
    expect((await throughHttp(parts)).rewrite.host).toBe('new');
  });

  it('goes on in x-forwarded-host where the route says so', async () => {
    const action = { host_rewrite_literal: 'new', append_x_forwarded_host: true };
    expect(await headersThrough(to(action), { headers: { 'x-forwarded-host': 'first' } })).toMatchObject({
      'x-forwarded-host': 'first,a.example',
      'x-envoy-original-host': 'a.example',
    });
  });

  const weighted = (action: Json): HttpParts => ({
    routes: [
      route({
        route: {
          weighted_clusters: { clusters: [{ name: 'a', weight: 1, host_rewrite_literal: 'of-cluster' }] },
          ...action,
        },
      }),
    ],
  });

  it.each([
    ['the weighted cluster’s', {}, 'of-cluster'],
    ['the route’s over the weighted cluster’s', { host_rewrite_literal: 'of-route' }, 'of-route'],
  ])('is %s', async (_, action, expected) => {
    expect((await throughHttp(weighted(action))).rewrite.host).toBe(expected);
  });
});

describe('weighted clusters', () => {
  const weighted = (more: Json = {}, action: Json = {}): HttpParts => ({
    routes: [
      route({
        route: {
          weighted_clusters: {
            clusters: [
              { name: 'a', weight: 40 },
              { name: 'b', weight: 40 },
            ],
            ...more,
          },
          ...action,
        },
      }),
    ],
  });

  it.each<[string, Json, TraceRequest, string]>([
    ['by random', {}, { random: 60 }, 'b'],
    ['by a header in its place', { header_name: 'x-random' }, { random: 60, headers: { 'x-random': '10' } }, 'a'],
    [
      'by random where the header is no number',
      { header_name: 'x-random' },
      { random: 60, headers: { 'x-random': 'x' } },
      'b',
    ],
    ['by random where the header is absent', { header_name: 'x-random' }, { random: 60 }, 'b'],
    [
      'by random where the header came twice',
      { header_name: 'x-random' },
      { random: 60, headers: { 'x-random': ['10', '11'] } },
      'b',
    ],
  ])('%s', async (_, more, request, cluster) => {
    expect((await throughHttp(weighted(more), request)).cluster).toBe(cluster);
  });

  it.each<[string, Json, Json, string]>([
    [
      'as static layers set them',
      { runtime_key_prefix: 'w' },
      { 'w.a': 0, 'w.b': 100 },
      'weight 100 of 100; random 0 picks it',
    ],
    ['as text', { runtime_key_prefix: 'w' }, { w: { a: '0', b: ' 7 ' } }, 'weight 7 of 7; random 0 picks it'],
    [
      'as configured where the value is no integer',
      { runtime_key_prefix: 'w' },
      { 'w.a': 0, 'w.b': 0.5 },
      'weight 40 of 40; random 0 picks it',
    ],
  ])('with weights by runtime keys, %s', async (_, more, static_layer, why) => {
    const proxy = { bootstrap: { layered_runtime: { layers: [{ static_layer }] } } };
    const result = await throughHttp({ ...weighted(more), proxy }, { random: 0 });
    expect(result.cluster).toBe('b');
    expect(stepOf(result, 'action')?.why).toBe(why);
  });

  it('keeps the configured weights without a prefix for runtime keys', async () => {
    const proxy = { bootstrap: { layered_runtime: { layers: [{ static_layer: { 'w.a': 0, '.a': 0 } }] } } };
    expect((await throughHttp({ ...weighted(), proxy }, { random: 0 })).cluster).toBe('a');
  });

  it('does not branch where a header picks', async () => {
    const result = await throughHttp(weighted({ header_name: 'x-random' }), { headers: { 'x-random': '10' } });
    expect(stepOf(result, 'action')?.why).toBe('weight 40 of 80; header x-random (10) picks it');
    expect(result.outcome).toBe('forwarded');
  });

  it('assumes that a hash picks, where there is something to hash', async () => {
    const parts = weighted({ use_hash_policy: true }, { hash_policy: [{ header: { header_name: 'x-user' } }] });
    const hashed = await throughHttp(parts, { headers: { 'x-user': 'jason' } });
    expect(hashed.assumptions.join()).toContain('hash policy, not chance');
    expect((await throughHttp(parts)).assumptions.join()).not.toContain('hash policy');
  });

  const byHeader: HttpParts = {
    routes: [
      route({
        route: {
          weighted_clusters: {
            clusters: [
              { cluster_header: 'x-to', weight: 30 },
              { name: 'a', weight: 70 },
            ],
          },
        },
      }),
    ],
  };

  it.each<[string, TraceRequest, string | null, string | null]>([
    ['the header names it', { random: 0, headers: { 'x-to': 'b' } }, 'b', null],
    ['the header is absent', { random: 0 }, null, 'no_cluster'],
    ['the other one', { random: 45 }, 'a', null],
  ])('named by a header: %s', async (_, request, cluster, reason) => {
    expect(await throughHttp(byHeader, request)).toMatchObject({ cluster, reason });
  });
});

describe('the cluster by header', () => {
  const parts: HttpParts = {
    routes: [route({ route: { cluster_header: ':authority', cluster_not_found_response_code: 'NOT_FOUND' } })],
  };

  it.each<[string, TraceRequest, string | null, number | null]>([
    ['is there', { host: 'a' }, 'a', null],
    ['does not exist', { host: 'gone' }, 'gone', 404],
  ])('%s', async (_, request, cluster, responseCode) => {
    expect(await throughHttp(parts, request)).toMatchObject({ cluster, responseCode });
  });
});

describe('cluster specifier plugins', () => {
  const extension = { name: 'mine', typed_config: { '@type': 'x/example.Plugin' } };

  it.each<[string, HttpParts]>([
    ['in the route', { routes: [route({ route: { inline_cluster_specifier_plugin: { extension } } })] }],
    [
      'in the table',
      {
        routes: [route({ route: { cluster_specifier_plugin: 'mine' } })],
        table: { cluster_specifier_plugins: [{ extension }] },
      },
    ],
  ])('are named %s', async (_, parts) => {
    expect(await throughHttp(parts)).toMatchObject({
      outcome: 'undetermined',
      missing: ['cluster specifier plugin mine (example.Plugin)'],
    });
  });
});

describe('mirrors', () => {
  const mirror = (cluster: string, more: Json = {}): Json => ({ request_mirror_policies: [{ cluster, ...more }] });
  const half = { runtime_fraction: { default_value: { numerator: 50 } } };

  it.each<[string, HttpParts, TraceRequest, [string, number][]]>([
    ['of the route', { ...to(mirror('m', half)), host: mirror('h') }, {}, [['m', 0.5]]],
    ['of the virtual host', { ...to({}), host: mirror('h'), table: mirror('t') }, {}, [['h', 1]]],
    ['of the table', { ...to({}), table: mirror('t') }, {}, [['t', 1]]],
    ['of v2', to({ request_mirror_policy: { cluster: 'm' } }), {}, [['m', 1]]],
    [
      'by header',
      to({ request_mirror_policies: [{ cluster_header: 'x-m' }] }),
      { headers: { 'x-m': 'm' } },
      [['m', 1]],
    ],
    ['by a header that is absent', to({ request_mirror_policies: [{ cluster_header: 'x-m' }] }), {}, []],
  ])('%s', async (_, parts, request, expected) => {
    const { mirrors } = await throughHttp(parts, request);
    expect(mirrors.map(({ cluster, share }) => [cluster, share])).toEqual(expected);
  });
});

/** A connection manager to which clients at 10.0.0.0/8 are inside. */
const MESH = { internal_address_config: { cidr_ranges: [{ address_prefix: '10.0.0.0', prefix_len: 8 }] } };

/** A request from inside. */
const inside = (headers: Record<string, string | string[]>): TraceRequest => ({
  headers: { 'x-forwarded-for': '10.0.0.7', ...headers },
});

describe('the timeout', () => {
  const grpc = (timeout?: string): TraceRequest => ({
    protocol: 'grpc',
    headers: timeout === undefined ? {} : { 'grpc-timeout': timeout },
  });

  it.each<[string, Json, TraceRequest, string]>([
    ['by default', {}, {}, '15s'],
    ['of the route', { timeout: '3s' }, {}, '3s'],
    ['that a header asks for', { timeout: '3s' }, inside({ 'x-envoy-upstream-rq-timeout-ms': '500' }), '0.5s'],
    [
      'that an outside client may not ask for',
      { timeout: '3s' },
      { headers: { 'x-envoy-upstream-rq-timeout-ms': '500' } },
      '3s',
    ],
    [
      'that a header asks for twice, as none',
      { timeout: '3s' },
      inside({ 'x-envoy-upstream-rq-timeout-ms': ['500', '600'] }),
      '3s',
    ],
    ['of the stream', { timeout: '3s', max_stream_duration: { max_stream_duration: '7s' } }, {}, '7s'],
    [
      'of a gRPC stream',
      { max_stream_duration: { max_stream_duration: '7s', grpc_timeout_header_max: '2s' } },
      grpc('5S'),
      '2s',
    ],
    [
      'of a gRPC stream without grpc-timeout',
      { max_stream_duration: { max_stream_duration: '7s', grpc_timeout_header_max: '2s' } },
      grpc(),
      '7s',
    ],
    ['of gRPC, unlimited', { timeout: '3s', max_grpc_timeout: '0s' }, grpc(), '0s'],
    ['of gRPC, as asked', { max_grpc_timeout: '0s' }, grpc('250m'), '0.25s'],
    ['of gRPC, limited', { max_grpc_timeout: '1s' }, grpc('5S'), '1s'],
    ['of gRPC, less an offset', { max_grpc_timeout: '0s', grpc_timeout_offset: '1s' }, grpc('5S'), '4s'],
    ['of the route, not for gRPC', { timeout: '3s', max_grpc_timeout: '1s' }, {}, '3s'],
  ])('%s', async (_, action, request, expected) => {
    expect((await throughHttp({ ...to(action), manager: MESH }, request)).timeout).toBe(expected);
  });
});

describe('the timeout that another Envoy expects', () => {
  const router = (config: Json): HttpParts => ({
    ...to({ timeout: '3s' }),
    manager: {
      ...MESH,
      http_filters: [
        { name: 'router', typed_config: { '@type': 'x/envoy.extensions.filters.http.router.v3.Router', ...config } },
      ],
    },
  });
  const HEEDED = router({ respect_expected_rq_timeout: true });
  const EXPECTED = { 'x-envoy-expected-rq-timeout-ms': '500' };
  const ASKED = { 'x-envoy-upstream-rq-timeout-ms': '700' };

  it.each<[string, HttpParts, TraceRequest, string]>([
    ['comes first', HEEDED, inside({ ...EXPECTED, ...ASKED }), '0.5s'],
    ['is none, so that another header counts', HEEDED, inside(ASKED), '0.7s'],
    [
      'is no number, so that the route’s counts',
      HEEDED,
      inside({ ...ASKED, 'x-envoy-expected-rq-timeout-ms': 'x' }),
      '3s',
    ],
    ['is not heeded', router({}), inside({ ...EXPECTED, ...ASKED }), '0.7s'],
    ['is not heeded from outside', HEEDED, { headers: EXPECTED }, '3s'],
  ])('%s', async (_, parts, request, expected) => {
    expect((await throughHttp(parts, request)).timeout).toBe(expected);
  });
});

describe('retries', () => {
  const policy = { retry_policy: { retry_on: '5xx', num_retries: 3, per_try_timeout: '1s' } };

  it.each<[string, HttpParts, Json]>([
    [
      'of the route',
      { ...to(policy), host: { retry_policy: { retry_on: 'reset' } } },
      { retry_on: '5xx', num_retries: 3, per_try_timeout: '1s', from: 'route' },
    ],
    [
      'of the virtual host',
      { ...to({}), host: policy },
      { retry_on: '5xx', num_retries: 3, per_try_timeout: '1s', from: 'virtual host' },
    ],
    [
      'by an extension',
      { ...to({}), host: { retry_policy_typed_config: { '@type': 'x/example.Retry' } } },
      { retry_policy_typed_config: 'x/example.Retry', from: 'virtual host' },
    ],
    ['none', to({}), {}],
  ])('%s', async (_, parts, expected) => {
    expect((await throughHttp(parts)).retries).toEqual(expected);
  });

  const ON = { 'x-envoy-retry-on': '5xx, reset' };

  it.each<[string, Json, TraceRequest, Json, string | null]>([
    [
      'without a policy',
      {},
      inside({ ...ON, 'x-envoy-max-retries': '3' }),
      { retry_on: '5xx,reset', num_retries: 3, from: 'request headers' },
      'retries 3 on 5xx,reset (as request headers ask)',
    ],
    [
      'once, where no number is asked for',
      {},
      inside(ON),
      { retry_on: '5xx,reset', num_retries: 1, from: 'request headers' },
      null,
    ],
    ['not from outside', {}, { headers: ON }, {}, null],
    [
      'not on words that Envoy does not know',
      {},
      inside({ 'x-envoy-retry-on': 'rain', 'x-envoy-max-retries': '3' }),
      {},
      null,
    ],
    [
      'on what gRPC answers',
      {},
      inside({ 'x-envoy-retry-grpc-on': ['cancelled', 'unavailable'] }),
      { retry_on: 'cancelled,unavailable', num_retries: 1, from: 'request headers' },
      null,
    ],
    [
      'beside a policy',
      policy,
      inside({ ...ON, 'x-envoy-upstream-rq-per-try-timeout-ms': '200' }),
      { retry_on: '5xx,reset', num_retries: 3, per_try_timeout: '0.2s', from: 'route, request headers' },
      null,
    ],
    [
      'as often as a header says',
      policy,
      inside({ 'x-envoy-max-retries': '0' }),
      { retry_on: '5xx', num_retries: 0, per_try_timeout: '1s', from: 'route, request headers' },
      'retries 0 on 5xx (as request headers ask)',
    ],
  ])('that headers ask for: %s', async (_, action, request, expected, line) => {
    const result = await throughHttp({ ...to(action), manager: MESH }, request);
    expect(result.retries).toEqual(expected);
    if (line !== null) expect(stepOf(result, 'action')?.details).toContain(line);
  });

  it('keeps back what headers ask for', async () => {
    const sent = { ...ON, 'x-envoy-upstream-rq-timeout-ms': '5', 'x-envoy-ip-tags': 'a' };
    const headers = Object.keys(await headersThrough({ ...to({}), manager: MESH }, inside(sent)));
    expect(headers).toContain('x-envoy-ip-tags');
    for (const name of Object.keys(sent).slice(0, 2)) expect(headers).not.toContain(name);
  });
});

describe('headers towards the upstream', () => {
  const at = (level: string, more: Json = {}): Json => ({
    request_headers_to_add: [added('x-level', level, { append_action: 'OVERWRITE_IF_EXISTS_OR_ADD', ...more })],
  });
  const levels = (table: Json = {}): HttpParts => ({
    routes: [
      route({ route: { weighted_clusters: { clusters: [{ name: 'a', weight: 1, ...at('cluster') }] } } }, at('route')),
    ],
    host: at('host'),
    table: { ...at('table'), ...table },
  });

  it.each<[string, HttpParts, string]>([
    ['of the route table win', levels(), 'table'],
    [
      'of the route win where the table says so, over the weighted cluster’s',
      levels({ most_specific_header_mutations_wins: true }),
      'route',
    ],
  ])('%s', async (_, parts, expected) => {
    expect((await headersThrough(parts))['x-level']).toBe(expected);
  });

  it.each<[string, Json, Json, string | undefined]>([
    ['append', { append_action: 'APPEND_IF_EXISTS_OR_ADD' }, { 'x-a': 'old' }, 'old,new'],
    ['append as by default', {}, { 'x-a': 'old' }, 'old,new'],
    ['overwrite', { append_action: 'OVERWRITE_IF_EXISTS_OR_ADD' }, { 'x-a': 'old' }, 'new'],
    ['overwrite in the older form', { append: false }, { 'x-a': 'old' }, 'new'],
    ['overwrite only', { append_action: 'OVERWRITE_IF_EXISTS' }, {}, undefined],
    ['add where it is absent', { append_action: 'ADD_IF_ABSENT' }, { 'x-a': 'old' }, 'old'],
    ['add where it is absent, and it is', { append_action: 'ADD_IF_ABSENT' }, {}, 'new'],
  ])('%s', async (_, option, sent, expected) => {
    const parts = to({}, { request_headers_to_add: [added('x-a', 'new', option)] });
    expect((await headersThrough(parts, { headers: sent as Record<string, string> }))['x-a']).toBe(expected);
  });

  it.each<[string, string, Json, string | undefined]>([
    ['from the request', '%REQ(:path)%', {}, '/p'],
    ['absent, so nothing is added', '%REQ(x-none)%', {}, undefined],
    ['absent, and kept empty', '%REQ(x-none)%', { keep_empty_value: true }, ''],
    ['the client', '%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%', {}, '192.0.2.7'],
    ['the protocol', '%PROTOCOL%', {}, 'HTTP/1.1'],
    ['what only Envoy knows, as it is written', '%START_TIME%', {}, '%START_TIME%'],
  ])('evaluate %s', async (_, value, option, expected) => {
    const parts = to({}, { request_headers_to_add: [added('x-a', value, option)] });
    expect((await headersThrough(parts, { path: '/p', from: { ip: '192.0.2.7' } }))['x-a']).toBe(expected);
  });

  it('are removed before others are added, all values evaluated first, and told', async () => {
    const parts = to(
      {},
      {
        request_headers_to_remove: ['x-a'],
        request_headers_to_add: [
          added('x-b', '%REQ(x-a)%', { keep_empty_value: true }),
          added('x-c', 'new', { append: false }),
        ],
      },
    );
    const result = await throughHttp(parts, { headers: { 'x-a': 'old', 'x-c': 'old' } });
    expect(stepOf(result, 'action')?.details).toEqual(
      expect.arrayContaining([
        'removes header x-a (route)',
        'sets header x-b:  (route)',
        'sets header x-c: new (before: old) (route)',
      ]),
    );
  });
});

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
