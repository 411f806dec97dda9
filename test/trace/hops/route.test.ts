import { describe, expect, it } from 'vitest';
import type { TraceRequest } from '../../../src/trace/request.js';
import { route, staticCluster } from '../../support/messages.js';
import type { Json } from '../../support/minimal-proxy.js';
import { type HttpParts, stepOf, throughHttp } from './through-http.js';

/** A route to cluster a with this match, then one to cluster b for all else. */
function either(match: Json, more: HttpParts = {}): HttpParts {
  return { routes: [{ match, route: { cluster: 'a' } }, route('b')], ...more };
}

const ANY = { prefix: '/' };

describe('what a route asks for', () => {
  it.each<[string, Json, TraceRequest, boolean]>([
    ['a prefix', { prefix: '/a' }, { path: '/ab?q' }, true],
    ['a prefix in another case', { prefix: '/a' }, { path: '/A' }, false],
    ['a prefix, case aside', { prefix: '/a', case_sensitive: false }, { path: '/A' }, true],
    ['an exact path', { path: '/a' }, { path: '/a?q' }, true],
    ['a separated prefix', { path_separated_prefix: '/a' }, { path: '/a/b' }, true],
    ['a separated prefix that goes on', { path_separated_prefix: '/a' }, { path: '/ab' }, false],
    ['a regex, as a whole', { safe_regex: { regex: '/a' } }, { path: '/ab' }, false],
    ['a regex, the query aside', { safe_regex: { regex: '/a.' } }, { path: '/ab?q' }, true],
    ['CONNECT', { connect_matcher: {} }, { method: 'GET' }, false],
    [
      'a header',
      { ...ANY, headers: [{ name: 'x-a', string_match: { exact: '1' } }] },
      { headers: { 'X-A': '1' } },
      true,
    ],
    [
      'a header that came twice',
      { ...ANY, headers: [{ name: 'x-a', string_match: { exact: '1,2' } }] },
      { headers: { 'x-a': ['1', '2'] } },
      true,
    ],
    [
      'a header that is absent, inverted',
      { ...ANY, headers: [{ name: 'x-a', string_match: { exact: '1' }, invert_match: true }] },
      {},
      false,
    ],
    [
      'a header that is absent, empty',
      {
        ...ANY,
        headers: [
          { name: 'x-a', string_match: { exact: '1' }, invert_match: true, treat_missing_header_as_empty: true },
        ],
      },
      {},
      true,
    ],
    ['no such header', { ...ANY, headers: [{ name: 'x-a', present_match: false }] }, {}, true],
    [
      'the query by :path',
      { ...ANY, headers: [{ name: ':path', string_match: { suffix: '?q' } }] },
      { path: '/a?q' },
      true,
    ],
    ['a method', { ...ANY, headers: [{ name: ':method', string_match: { exact: 'POST' } }] }, { method: 'post' }, true],
    [
      'a parameter',
      { ...ANY, query_parameters: [{ name: 'q', string_match: { exact: '1' } }] },
      { path: '/?q=1&q=2' },
      true,
    ],
    [
      'a parameter, the first one',
      { ...ANY, query_parameters: [{ name: 'q', string_match: { exact: '2' } }] },
      { path: '/?q=1&q=2' },
      false,
    ],
    [
      'a parameter that is there',
      { ...ANY, query_parameters: [{ name: 'q', present_match: true }] },
      { path: '/?q' },
      true,
    ],
    ['no such parameter', { ...ANY, query_parameters: [{ name: 'q', present_match: false }] }, { path: '/?p' }, true],
    [
      'a cookie',
      { ...ANY, cookies: [{ name: 'c', string_match: { exact: '1' } }] },
      { headers: { cookie: 'b=0; c=1' } },
      true,
    ],
    ['gRPC', { ...ANY, grpc: {} }, { protocol: 'grpc' }, true],
    ['gRPC with a subtype', { ...ANY, grpc: {} }, { headers: { 'content-type': 'application/grpc+proto' } }, true],
    ['gRPC-Web is none', { ...ANY, grpc: {} }, { headers: { 'content-type': 'application/grpc-web' } }, false],
    ['no certificate', { ...ANY, tls_context: { presented: false } }, {}, true],
    ['a certificate', { ...ANY, tls_context: { presented: true } }, {}, false],
    ['a valid certificate', { ...ANY, tls_context: { validated: true } }, {}, false],
    [
      'metadata, which nobody has set',
      { ...ANY, dynamic_metadata: [{ filter: 'f', path: [{ key: 'k' }], value: { present_match: true } }] },
      {},
      false,
    ],
    [
      'metadata that is not there',
      {
        ...ANY,
        dynamic_metadata: [{ filter: 'f', path: [{ key: 'k' }], value: { present_match: true }, invert: true }],
      },
      {},
      true,
    ],
    [
      'filter state, which nobody has set',
      { ...ANY, filter_state: [{ key: 'k', string_match: { exact: 'v' } }] },
      {},
      false,
    ],
  ])('%s', async (_, match, request, matches) => {
    expect((await throughHttp(either(match), request)).cluster).toBe(matches ? 'a' : 'b');
  });

  it.each<[string, string, boolean]>([
    ['/a;v=1', '/a', true],
    ['/a;v=1/b', '/a/b', false],
  ])('path parameters of %s aside where the table says so', async (path, exact, matches) => {
    const parts = either({ path: exact }, { table: { ignore_path_parameters_in_path_matching: true } });
    expect((await throughHttp(parts, { path })).cluster).toBe(matches ? 'a' : 'b');
    expect((await throughHttp(either({ path: exact }), { path })).cluster).toBe('b');
  });

  it('tells the first criterion that failed, and leaves later routes aside', async () => {
    const routes = [
      { match: { path: '/x', headers: [{ name: 'x-a', present_match: true }] }, route: { cluster: 'a' } },
      route('b'),
      route('a'),
    ];
    const candidates = stepOf(await throughHttp({ routes }), 'route')?.candidates;
    expect(candidates?.map(({ criterion, reason }) => [criterion, reason])).toEqual([
      ['order', 'an earlier route takes the request'],
      ['headers', 'header x-a is absent'],
    ]);
  });

  it('is undetermined where a criterion is not known', async () => {
    const custom = { ...ANY, headers: [{ name: 'x-a', string_match: { custom: { name: 'mine' } } }] };
    expect(await throughHttp(either(custom), { headers: { 'x-a': '1' } })).toMatchObject({ outcome: 'undetermined' });
  });
});

describe('runtime fractions', () => {
  const fraction = (numerator: number, denominator = 'HUNDRED'): Json => ({
    ...ANY,
    runtime_fraction: { default_value: { numerator, denominator } },
  });

  it.each<[string, Json, number, string]>([
    ['below', fraction(30), 129, 'a'],
    ['at the limit', fraction(30), 130, 'b'],
    ['of ten thousand', fraction(30, 'TEN_THOUSAND'), 30, 'b'],
    ['of a million', fraction(50, 'MILLION'), 1_000_049, 'a'],
    ['all', fraction(100), 99, 'a'],
    ['none', fraction(0), 0, 'b'],
  ])('%s', async (_, match, random, cluster) => {
    expect((await throughHttp(either(match), { random })).cluster).toBe(cluster);
  });

  it.each<[string, Json, string]>([
    ['by the key', { 'my.key': 0 }, 'b'],
    ['by the key taken apart', { my: { key: 0 } }, 'b'],
    ['by another key', { other: 0 }, 'a'],
  ])('are set in the bootstrap %s', async (_, static_layer, cluster) => {
    const match = { ...ANY, runtime_fraction: { runtime_key: 'my.key', default_value: { numerator: 100 } } };
    const bootstrap = { layered_runtime: { layers: [{ static_layer }] } };
    expect((await throughHttp(either(match, { proxy: { bootstrap } }))).cluster).toBe(cluster);
  });

  it('make two branches without random', async () => {
    const result = await throughHttp(either(fraction(30)));
    expect(result.weightedClusters.map(({ name, share }) => [name, share])).toEqual([
      ['b', 0.7],
      ['a', 0.3],
    ]);
  });
});

describe('the virtual host’s matcher tree', () => {
  const input = (header_name: string): Json => ({
    name: 'in',
    typed_config: { '@type': 'x/envoy.type.matcher.v3.HttpRequestHeaderMatchInput', header_name },
  });
  const action = (type: string, config: Json): Json => ({
    action: { name: 'route', typed_config: { '@type': `x/envoy.config.route.v3.${type}`, ...config } },
  });
  const tree = (map: Json, more: Json = {}): HttpParts => ({
    host: {
      routes: undefined,
      matcher: { matcher_tree: { input: input(':path'), prefix_match_map: { map } }, ...more },
    },
    proxy: { clusters: ['a', 'b'].map(name => staticCluster(name, ['10.0.0.9:80'])) },
  });
  const toA = { match: ANY, route: { cluster: 'a' } };
  const list = {
    routes: [
      { match: { prefix: '/x/1' }, route: { cluster: 'a' } },
      { match: { prefix: '/x/2' }, route: { cluster: 'b' } },
    ],
  };

  it.each<[string, HttpParts, string, string | null]>([
    ['a route', tree({ '/x': action('Route', toA) }), '/x/y', 'a'],
    ['the longest prefix', tree({ '/': action('Route', toA), '/x': action('RouteList', list) }), '/x/2', 'b'],
    ['a list without a match', tree({ '/': action('Route', toA), '/x': action('RouteList', list) }), '/x/3', null],
    ['nothing', tree({ '/x': action('Route', toA) }), '/y', null],
    [
      'what stands for no match',
      tree({ '/x': action('RouteList', list) }, { on_no_match: action('Route', toA) }),
      '/y',
      'a',
    ],
    ['a route whose own match fails', tree({ '/x': action('Route', { ...toA, match: { path: '/y' } }) }), '/x', null],
  ])('leads to %s', async (_, parts, path, cluster) => {
    expect(await throughHttp(parts, { path })).toMatchObject({ cluster, reason: cluster === null ? 'no_route' : null });
  });

  it('is undetermined where it asks for what is not known', async () => {
    const matcher = {
      matcher_tree: {
        input: { name: 'in', typed_config: { '@type': 'x/example.Input' } },
        exact_match_map: { map: {} },
      },
    };
    expect(await throughHttp({ host: { routes: undefined, matcher } })).toMatchObject({
      outcome: 'undetermined',
      missing: ['matcher input example.Input'],
    });
  });
});

describe('virtual clusters', () => {
  const host = {
    virtual_clusters: [
      {
        name: 'ride',
        headers: [
          { name: ':path', string_match: { safe_regex: { regex: '^/rides$' } } },
          { name: ':method', string_match: { exact: 'POST' } },
        ],
      },
      { name: 'old', pattern: '/old/.*', method: 'PUT' },
    ],
  };

  it.each<[TraceRequest, string]>([
    [{ path: '/rides', method: 'POST' }, 'ride'],
    [{ path: '/rides', method: 'GET' }, 'other'],
    [{ path: '/old/1', method: 'PUT' }, 'old'],
  ])('%j', async (request, name) => {
    expect((await throughHttp({ routes: [route('a')], host }, request)).virtualCluster).toBe(name);
  });

  it('are none where none are configured', async () => {
    expect((await throughHttp({ routes: [route('a')] })).virtualCluster).toBeNull();
  });
});

describe('CONNECT', () => {
  const routes = [
    route('b'),
    { match: { connect_matcher: {} }, route: { cluster: 'a', upgrade_configs: [{ upgrade_type: 'CONNECT' }] } },
  ];
  const manager = { upgrade_configs: [{ upgrade_type: 'CONNECT' }] };

  it.each<[string, TraceRequest, string]>([
    ['without a path meets its matcher only', { method: 'CONNECT', host: 'far.example:443' }, 'a'],
    ['with a path, as HTTP/2 may send it, meets others too', { method: 'CONNECT', protocol: 'http2', path: '/p' }, 'b'],
  ])('%s', async (_, request, cluster) => {
    expect((await throughHttp({ routes, manager }, request)).cluster).toBe(cluster);
  });

  it('keeps its port towards the upstream', async () => {
    const { rewrite } = await throughHttp(
      { routes, manager: { ...manager, strip_any_host_port: true } },
      { method: 'CONNECT', host: 'far.example:443' },
    );
    expect(rewrite.host).toBeNull();
  });
});
