import { describe, expect, it } from 'vitest';
import type { TraceRequest } from '../../../src/trace/request.js';
import { extension, route } from '../../support/messages.js';
import type { Json } from '../../support/minimal-proxy.js';
import { type HttpParts, headersThrough, stepOf, throughHttp } from './through-http.js';

/** Leaves out what Envoy adds by itself. */
const NO_ID = { generate_request_id: false };
const ROUTES = [route('a')];

/** An HTTP filter of Envoy's own. */
function http(kind: string, config: Json = {}, more: Json = {}): Json {
  return { ...extension(kind, `envoy.extensions.filters.http.${kind}.v3.Config`, config), ...more };
}

/** An RBAC that denies, or allows, requests with a header. */
function rbac(header: string, action: 'ALLOW' | 'DENY' = 'DENY', more: Json = {}): Json {
  const policy = { permissions: [{ header: { name: header, present_match: true } }], principals: [{ any: true }] };
  return http('rbac', { rules: { action, policies: { p: policy } } }, more);
}

const perFilter = (name: string, config: Json): Json => ({ typed_per_filter_config: { [name]: config } });
const any = (type: string, config: Json = {}): Json => ({ '@type': `type.googleapis.com/${type}`, ...config });
const FILTER_CONFIG = 'envoy.config.route.v3.FilterConfig';
const RBAC_PER_ROUTE = 'envoy.extensions.filters.http.rbac.v3.RBACPerRoute';
const DENIES_ALL: Json = any(RBAC_PER_ROUTE, { rbac: { rules: { action: 'ALLOW' } } });

describe('the order of filters', () => {
  it.each<[string, Json]>([
    ['a missing route', { match: { prefix: '/other' }, route: { cluster: 'a' } }],
    ['a redirect', route({ redirect: { path_redirect: '/new' } })],
    ['a direct response', route({ direct_response: { status: 200 } })],
  ])('a denial comes before %s', async (_, only) => {
    const parts = { routes: [only], filters: [rbac('x-bad')] };
    expect((await throughHttp(parts, { headers: { 'x-bad': '1' } })).reason).toBe('rbac_denied');
    expect((await throughHttp(parts)).reason).not.toBe('rbac_denied');
  });

  it('filters behind the router are never reached', async () => {
    const router = extension('router', 'envoy.extensions.filters.http.router.v3.Router');
    const parts = { routes: ROUTES, filters: [router, rbac('x-bad')] };
    expect((await throughHttp(parts, { headers: { 'x-bad': '1' } })).outcome).toBe('forwarded');
  });
});

describe('overrides', () => {
  const off = any(FILTER_CONFIG, { disabled: true });
  const on = any(FILTER_CONFIG, { config: {} });
  const weighted = (override: Json): HttpParts => ({
    routes: [
      route({
        route: {
          weighted_clusters: {
            clusters: [
              { name: 'a', weight: 1, ...override },
              { name: 'b', weight: 1 },
            ],
          },
        },
      }),
    ],
  });

  it.each<[string, HttpParts, Json, string | null]>([
    ['none', { routes: ROUTES }, {}, 'rbac_denied'],
    ['a filter that is disabled', { routes: ROUTES }, { disabled: true }, null],
    ['switched off at the route', { routes: [route('a', perFilter('rbac', off))] }, {}, null],
    ['switched off at the virtual host', { routes: ROUTES, host: perFilter('rbac', off) }, {}, null],
    ['switched off at the table', { routes: ROUTES, table: perFilter('rbac', off) }, {}, null],
    [
      'switched on at the route, off at the virtual host',
      { routes: [route('a', perFilter('rbac', on))], host: perFilter('rbac', off) },
      {},
      'rbac_denied',
    ],
    [
      'a disabled filter, switched on',
      { routes: [route('a', perFilter('rbac', on))] },
      { disabled: true },
      'rbac_denied',
    ],
    [
      'a disabled filter with a configuration of the route’s own',
      { routes: [route('a', perFilter('rbac', DENIES_ALL))] },
      { disabled: true },
      'rbac_denied',
    ],
    ['rules taken away', { routes: [route('a', perFilter('rbac', any(RBAC_PER_ROUTE)))] }, {}, null],
    [
      'in the form of API v2',
      { routes: [route('a', { per_filter_config: { 'envoy.filters.http.rbac': {} } })] },
      {},
      null,
    ],
    [
      'wrapped',
      { routes: [route('a', perFilter('rbac', any(FILTER_CONFIG, { config: any(RBAC_PER_ROUTE) })))] },
      {},
      null,
    ],
  ])('%s', async (_, parts, more, reason) => {
    const result = await throughHttp(
      { ...parts, filters: [rbac('x-bad', 'DENY', more)] },
      { headers: { 'x-bad': '1' } },
    );
    expect(result.reason).toBe(reason);
  });

  it('the most specific switch counts, and the most specific configuration', async () => {
    const parts = {
      routes: [route('a', perFilter('rbac', on))],
      host: perFilter('rbac', DENIES_ALL),
      filters: [rbac('x-bad', 'DENY', { disabled: true })],
    };
    expect((await throughHttp(parts)).reason).toBe('rbac_denied');
  });

  it('at a weighted cluster make its share end by itself', async () => {
    const result = await throughHttp({ ...weighted(perFilter('rbac', DENIES_ALL)), filters: [rbac('x-bad')] });
    expect(result.outcome).toBe('mixed');
    expect(result.weightedClusters.map(({ share, reason }) => [share, reason])).toEqual([
      [0.5, 'rbac_denied'],
      [0.5, null],
    ]);
  });
});

describe('filters with a matcher around them', () => {
  const MATCHING = 'envoy.extensions.common.matching.v3';
  const header = {
    name: 'in',
    typed_config: any('envoy.type.matcher.v3.HttpRequestHeaderMatchInput', { header_name: 'x-kind' }),
  };
  const on = (value: string, action: Json): Json => ({
    matcher_tree: { input: header, exact_match_map: { map: { [value]: { action } } } },
  });
  const skip = { name: 'skip', typed_config: any('envoy.extensions.filters.common.matcher.action.v3.SkipFilter') };
  const execute = (config: Json): Json => ({
    name: 'run',
    typed_config: any('envoy.extensions.filters.http.composite.v3.ExecuteFilterAction', config),
  });
  const wrapped = (extension_config: Json, xds_matcher: Json): Json =>
    extension('wrapper', `${MATCHING}.ExtensionWithMatcher`, { extension_config, xds_matcher });
  const COMPOSITE = http('composite');
  const kind = (value: string): TraceRequest => ({ headers: { 'x-kind': value, 'x-bad': '1' } });

  it.each<[string, Json, TraceRequest, string | null]>([
    ['skipped by its matcher', wrapped(rbac('x-bad'), on('skip', skip)), kind('skip'), null],
    ['run without a match', wrapped(rbac('x-bad'), on('skip', skip)), kind('other'), 'rbac_denied'],
    [
      'composite, with a match',
      wrapped(COMPOSITE, on('run', execute({ typed_config: rbac('x-bad') }))),
      kind('run'),
      'rbac_denied',
    ],
    [
      'composite, without a match',
      wrapped(COMPOSITE, on('run', execute({ typed_config: rbac('x-bad') }))),
      kind('other'),
      null,
    ],
    [
      'composite, a chain',
      wrapped(COMPOSITE, on('run', execute({ filter_chain: { typed_config: [http('buffer'), rbac('x-bad')] } }))),
      kind('run'),
      'rbac_denied',
    ],
    [
      'composite, for 0%',
      wrapped(COMPOSITE, on('run', execute({ typed_config: rbac('x-bad'), sample_percent: { default_value: {} } }))),
      kind('run'),
      null,
    ],
  ])('%s', async (_, filter, request, reason) => {
    expect((await throughHttp({ routes: ROUTES, filters: [filter] }, request)).reason).toBe(reason);
  });

  it('take the route’s matcher in place of their own', async () => {
    const override = any(`${MATCHING}.ExtensionWithMatcherPerRoute`, { xds_matcher: on('other', skip) });
    const parts = {
      routes: [route('a', perFilter('wrapper', override))],
      filters: [wrapped(rbac('x-bad'), on('skip', skip))],
    };
    expect((await throughHttp(parts, kind('skip'))).reason).toBe('rbac_denied');
    expect((await throughHttp(parts, kind('other'))).reason).toBeNull();
  });

  it('are undetermined where the matcher asks for what nobody knows', async () => {
    const unknown = {
      matcher_tree: { input: { name: 'in', typed_config: any('example.Input') }, exact_match_map: { map: {} } },
    };
    expect(await throughHttp({ routes: ROUTES, filters: [wrapped(rbac('x-bad'), unknown)] })).toMatchObject({
      outcome: 'undetermined',
      missing: ['matcher input example.Input'],
    });
  });
});

describe('filters that ask another service', () => {
  const service = { grpc_service: { envoy_grpc: { cluster_name: 'asked' } } };
  const authz = (config: Json = {}): Json => http('ext_authz', { ...service, ...config });
  const share = (numerator: number): Json => ({ default_value: { numerator } });
  const SHADOW = {
    filter_enabled_metadata: {
      filter: 'rbac',
      path: [{ key: 'shadow_effective_policy_id' }],
      value: { string_match: { prefix: 'p' } },
    },
  };
  const shadow = http('rbac', {
    shadow_rules: {
      action: 'DENY',
      policies: {
        p: { permissions: [{ header: { name: 'x-ask', present_match: true } }], principals: [{ any: true }] },
      },
    },
  });

  it.each<[string, Json[], Json, TraceRequest, string | null]>([
    ['ext_authz', [authz()], {}, {}, 'ext_authz at cluster asked allows it'],
    [
      'ext_authz by HTTP',
      [http('ext_authz', { http_service: { server_uri: { cluster: 'web' } } })],
      {},
      {},
      'ext_authz at cluster web allows it',
    ],
    [
      'ext_authz switched off at the route',
      [authz()],
      perFilter('ext_authz', any('x.ExtAuthzPerRoute', { disabled: true })),
      {},
      null,
    ],
    [
      'ext_authz with the route’s own service',
      [authz()],
      perFilter(
        'ext_authz',
        any('x.ExtAuthzPerRoute', { check_settings: { http_service: { server_uri: { cluster: 'own' } } } }),
      ),
      {},
      'ext_authz at cluster own allows it',
    ],
    ['ext_authz for 0%', [authz({ filter_enabled: share(0) })], {}, {}, null],
    [
      'ext_authz for 0% that denies then',
      [authz({ filter_enabled: share(0), deny_at_disable: { default_value: true } })],
      {},
      {},
      'ext_authz at cluster asked allows it',
    ],
    ['ext_authz by metadata that is not there', [authz(SHADOW)], {}, {}, null],
    [
      'ext_authz by metadata of shadow rules',
      [shadow, authz(SHADOW)],
      {},
      { headers: { 'x-ask': '1' } },
      'ext_authz at cluster asked allows it',
    ],
    ['ext_authz by metadata of shadow rules that do not match', [shadow, authz(SHADOW)], {}, {}, null],
    ['ext_proc', [http('ext_proc', service)], {}, {}, 'ext_proc at cluster asked allows it'],
    [
      'ext_proc about answers only',
      [http('ext_proc', { ...service, processing_mode: { request_header_mode: 'SKIP' } })],
      {},
      {},
      null,
    ],
    [
      'ext_proc about the body',
      [
        http('ext_proc', {
          ...service,
          processing_mode: { request_header_mode: 'SKIP', request_body_mode: 'BUFFERED' },
        }),
      ],
      {},
      {},
      'ext_proc at cluster asked allows it',
    ],
    ['ext_proc that watches', [http('ext_proc', { ...service, observability_mode: true })], {}, {}, null],
    [
      'ext_proc switched off at the route',
      [http('ext_proc', service)],
      perFilter('ext_proc', any('x.ExtProcPerRoute', { disabled: true })),
      {},
      null,
    ],
    ['lua', [http('lua')], {}, {}, 'lua allows it'],
    ['one that is not known', [extension('mine', 'example.Mine')], {}, {}, 'HTTP filter mine lets it pass'],
    ['a harmless one', [http('compressor')], {}, {}, null],
  ])('%s', async (_, filters, override, request, condition) => {
    const { outcome, sentence } = await throughHttp({ routes: [route('a', override)], filters }, request);
    expect(outcome).toBe('forwarded');
    if (condition === null) expect(sentence).not.toContain(', if ');
    else expect(sentence).toContain(`, if ${condition}.`);
  });

  it('ask for a share of the requests', async () => {
    const result = await throughHttp({ routes: ROUTES, filters: [authz({ filter_enabled: share(30) })] });
    expect(result.weightedClusters.map(({ share: part }) => part)).toEqual([0.7, 0.3]);
    expect(
      (await throughHttp({ routes: ROUTES, filters: [authz({ filter_enabled: share(30) })] }, { random: 30 })).sentence,
    ).not.toContain(', if ');
  });
});

describe('health checks', () => {
  const BY_PATH = { headers: [{ name: ':path', string_match: { exact: '/healthz' } }] };
  const BY_CLUSTER = { cluster_min_healthy_percentages: { a: { value: 50 } } };

  it.each<[string, Json, TraceRequest, string, string]>([
    [
      'are answered, whatever the route',
      BY_PATH,
      { path: '/healthz' },
      'responded',
      'Envoy answers the request itself: health_check answers health checks itself: 200, or 503 where this Envoy fails its health checks.',
    ],
    [
      'are answered by the health of clusters',
      { ...BY_PATH, ...BY_CLUSTER },
      { path: '/healthz' },
      'responded',
      'fails its health checks or cluster a has too few healthy endpoints.',
    ],
    [
      'are passed through',
      { ...BY_PATH, pass_through_mode: true },
      { path: '/healthz' },
      'forwarded',
      'Forwarded to cluster a',
    ],
    ['are not other requests', BY_PATH, {}, 'forwarded', 'Forwarded to cluster a'],
  ])('%s', async (_, config, request, outcome, said) => {
    const result = await throughHttp(
      { routes: ROUTES, filters: [http('health_check', { pass_through_mode: false, ...config })] },
      request,
    );
    expect(result).toMatchObject({ outcome, responseCode: null, responseCodeDetails: null });
    expect(result.sentence).toContain(said);
    expect(result.missing.length).toBe(outcome === 'responded' ? 1 : 0);
    expect(result.cluster).toBe(outcome === 'responded' ? null : 'a');
  });
});

describe('global rate limits', () => {
  const filter = (config: Json = {}): Json =>
    http('ratelimit', {
      domain: 'd',
      rate_limit_service: { grpc_service: { envoy_grpc: { cluster_name: 'limits' } } },
      ...config,
    });
  const limits = (action: Json, more: Json = {}): Json => ({ rate_limits: [{ actions: [action], ...more }] });
  const ALWAYS = { generic_key: { descriptor_value: 'v' } };
  const HEADER = { request_headers: { header_name: 'x-user', descriptor_key: 'u' } };
  const MATCH = { header_value_match: { descriptor_value: 'v', headers: [{ name: 'x-user', present_match: true }] } };
  const to = (action: Json, more: Json = {}): Json[] => [route({ route: { cluster: 'a', ...action } }, more)];
  const mode = (vh_rate_limits: string): Json => perFilter('ratelimit', any('x.RateLimitPerRoute', { vh_rate_limits }));

  it.each<[string, HttpParts, Json, TraceRequest, boolean]>([
    ['none', { routes: ROUTES }, {}, {}, false],
    ['of the route', { routes: to(limits(ALWAYS)) }, {}, {}, true],
    ['of another stage', { routes: to(limits(ALWAYS, { stage: 1 })) }, {}, {}, false],
    ['of the filter’s stage', { routes: to(limits(ALWAYS, { stage: 1 })) }, { stage: 1 }, {}, true],
    ['by a header that is there', { routes: to(limits(HEADER)) }, {}, { headers: { 'x-user': 'j' } }, true],
    ['by a header that is absent', { routes: to(limits(HEADER)) }, {}, {}, false],
    [
      'by a header that may be absent',
      { routes: to(limits({ request_headers: { header_name: 'x-user', skip_if_absent: true } })) },
      {},
      {},
      true,
    ],
    ['by a header match', { routes: to(limits(MATCH)) }, {}, { headers: { 'x-user': 'j' } }, true],
    ['by a header match that fails', { routes: to(limits(MATCH)) }, {}, {}, false],
    ['of the virtual host', { routes: ROUTES, host: limits(ALWAYS) }, {}, {}, true],
    [
      'of the virtual host, where the route has its own',
      { routes: to(limits(HEADER)), host: limits(ALWAYS) },
      {},
      {},
      false,
    ],
    [
      'of the virtual host too',
      { routes: to({ ...limits(HEADER), include_vh_rate_limits: true }), host: limits(ALWAYS) },
      {},
      {},
      true,
    ],
    ['of the virtual host, ignored', { routes: to({}, mode('IGNORE')), host: limits(ALWAYS) }, {}, {}, false],
    ['for internal requests only', { routes: to(limits(ALWAYS)) }, { request_type: 'internal' }, {}, false],
  ])('%s', async (_, parts, config, request, asks) => {
    const { sentence } = await throughHttp({ ...parts, filters: [filter(config)] }, request);
    expect(sentence.includes(', if ratelimit at cluster limits allows it')).toBe(asks);
  });
});

describe('local rate limits', () => {
  const all = { default_value: { numerator: 100 } };
  const bucket = { token_bucket: { max_tokens: 5, fill_interval: '1s' } };

  it.each<[string, Json, string, boolean]>([
    [
      'without a bucket',
      { filter_enabled: all, filter_enforced: all },
      'has no token bucket, so it limits nothing',
      false,
    ],
    ['not enabled', bucket, 'is not enabled (filter_enabled is 0%)', false],
    ['not enforced', { ...bucket, filter_enabled: all }, 'counts only (filter_enforced is 0%)', false],
    ['enforced', { ...bucket, filter_enabled: all, filter_enforced: all }, 'answers 429 over 5 requests in 1s', true],
    [
      'a code below 400 counts as 429',
      { ...bucket, status: { code: 200 }, filter_enabled: all, filter_enforced: all },
      'answers 429 over 5 requests in 1s',
      true,
    ],
    [
      'enforced for a part',
      { ...bucket, filter_enabled: all, filter_enforced: { default_value: { numerator: 50 } } },
      'answers 429 over 5 requests in 1s, for 50% of them',
      true,
    ],
  ])('%s', async (_, config, effect, mayAnswer) => {
    const parts = [
      { routes: ROUTES, filters: [http('local_ratelimit', config)] },
      {
        routes: [route('a', perFilter('local_ratelimit', any('x.LocalRateLimit', config)))],
        filters: [http('local_ratelimit')],
      },
    ];
    for (const part of parts) {
      const result = await throughHttp(part);
      expect(stepOf(result, 'http-filters')?.details).toContain(`local_ratelimit: ${effect}`);
      expect(result.sentence.includes(', if ')).toBe(mayAnswer);
    }
  });
});

describe('header mutation', () => {
  const mutation = (request_mutations: Json[], more: Json = {}): Json => ({
    mutations: { request_mutations, ...more },
  });
  const set = (key: string, value: string): Json => ({
    append: { header: { key, value }, append_action: 'OVERWRITE_IF_EXISTS_OR_ADD' },
  });

  it('is seen by the filters behind it, not by those before', async () => {
    const sets = http('header_mutation', mutation([set('x-bad', '1')]));
    expect((await throughHttp({ routes: ROUTES, filters: [sets, rbac('x-bad')] })).reason).toBe('rbac_denied');
    expect((await throughHttp({ routes: ROUTES, filters: [rbac('x-bad'), sets] })).reason).toBeNull();
  });

  it.each<[string, Json[], Json]>([
    ['sets', [set('x-a', 'new')], { 'x-a': 'new', 'x-b': 'b' }],
    ['removes', [{ remove: 'X-A' }], { 'x-b': 'b' }],
    ['removes by name', [{ remove_on_match: { key_matcher: { prefix: 'x-' } } }], {}],
    ['one after the other', [set('x-c', '%REQ(x-a)%'), { remove: 'x-a' }], { 'x-b': 'b', 'x-c': 'a' }],
  ])('%s', async (_, mutations, expected) => {
    const parts = { routes: ROUTES, filters: [http('header_mutation', mutation(mutations))] };
    expect(await headersThrough({ ...parts, manager: NO_ID }, { headers: { 'x-a': 'a', 'x-b': 'b' } })).toEqual(
      expected,
    );
  });

  it.each<[string, Json, string]>([
    ['the most general level last', {}, 'host'],
    ['the most specific level last where it says so', { most_specific_header_mutations_wins: true }, 'route'],
  ])('%s', async (_, more, expected) => {
    const at = (level: string): Json =>
      perFilter('header_mutation', any('x.HeaderMutationPerRoute', mutation([set('x-a', level)])));
    const parts = {
      routes: [route('a', at('route'))],
      host: at('host'),
      filters: [http('header_mutation', { ...mutation([set('x-a', 'own')]), ...more })],
    };
    expect(await headersThrough({ ...parts, manager: NO_ID })).toEqual({ 'x-a': expected });
  });

  it.each<[string, Json, string]>([
    ['appends a parameter', { append: { record: { key: 'n', value: 'v' } } }, '/p?a=1&n=v'],
    [
      'overwrites one',
      { append: { record: { key: 'a', value: 'v' }, action: 'OVERWRITE_IF_EXISTS_OR_ADD' } },
      '/p?a=v',
    ],
    ['removes one', { remove: 'a' }, '/p'],
    ['adds none that is there', { append: { record: { key: 'a', value: 'v' }, action: 'ADD_IF_ABSENT' } }, '/p?a=1'],
  ])('%s', async (_, change, path) => {
    const filter = http('header_mutation', mutation([], { query_parameter_mutations: [change] }));
    const { rewrite } = await throughHttp({ routes: ROUTES, filters: [filter] }, { path: '/p?a=1' });
    expect(rewrite.path ?? '/p?a=1').toBe(path);
  });
});

describe('metadata that RBAC asks for', () => {
  const byMetadata = (filter: string, key: string, exact: string): Json => {
    const metadata = { filter, path: [{ key }], value: { string_match: { exact } } };
    return http('rbac', {
      rules: { action: 'DENY', policies: { p: { permissions: [{ metadata }], principals: [{ any: true }] } } },
    });
  };
  const copy = (rule: Json): Json => http('header_to_metadata', { request_rules: [rule] });
  const present = { metadata_namespace: 'ns', key: 'k' };
  const sets = (more: Json = {}): Json =>
    http('set_metadata', { metadata: [{ metadata_namespace: 'ns', value: { k: 'v' }, ...more }] });
  const sent: TraceRequest = { headers: { 'x-a': 'v', cookie: 'c=v' } };

  it.each<[string, Json[], TraceRequest, string | null]>([
    [
      'from a header',
      [copy({ header: 'X-A', on_header_present: present }), byMetadata('ns', 'k', 'v')],
      sent,
      'rbac_denied',
    ],
    [
      'from a cookie',
      [copy({ cookie: 'c', on_header_present: present }), byMetadata('ns', 'k', 'v')],
      sent,
      'rbac_denied',
    ],
    [
      'from a header, rewritten',
      [
        copy({
          header: 'x-a',
          on_header_present: { ...present, regex_value_rewrite: { pattern: { regex: '^v$' }, substitution: 'w' } },
        }),
        byMetadata('ns', 'k', 'w'),
      ],
      sent,
      'rbac_denied',
    ],
    ['from no header', [copy({ header: 'x-a', on_header_present: present }), byMetadata('ns', 'k', 'v')], {}, null],
    [
      'for a missing header',
      [copy({ header: 'x-a', on_header_missing: { ...present, value: 'v' } }), byMetadata('ns', 'k', 'v')],
      {},
      'rbac_denied',
    ],
    [
      'under the default name',
      [
        copy({ header: 'x-a', on_header_present: { key: 'k' } }),
        byMetadata('envoy.filters.http.header_to_metadata', 'k', 'v'),
      ],
      sent,
      'rbac_denied',
    ],
    ['as it is set', [sets(), byMetadata('ns', 'k', 'v')], {}, 'rbac_denied'],
    ['as it was set first', [sets(), sets({ value: { k: 'w' } }), byMetadata('ns', 'k', 'v')], {}, 'rbac_denied'],
    [
      'as it was overwritten',
      [sets(), sets({ value: { k: 'w' }, allow_overwrite: true }), byMetadata('ns', 'k', 'w')],
      {},
      'rbac_denied',
    ],
    ['that a service may write', [http('ext_authz'), byMetadata('ext_authz', 'k', 'v')], {}, 'missing_evidence'],
    ['that nobody writes', [byMetadata('ns', 'k', 'v')], {}, null],
  ])('%s', async (_, filters, request, reason) => {
    expect((await throughHttp({ routes: ROUTES, filters }, request)).reason).toBe(reason);
  });

  it('copies a header that it takes away', async () => {
    const parts = { routes: ROUTES, filters: [copy({ header: 'x-a', on_header_present: present, remove: true })] };
    expect(await headersThrough({ ...parts, manager: NO_ID }, { headers: { 'x-a': 'v' } })).toEqual({});
  });
});

describe('upgrades', () => {
  const websocket: TraceRequest = { headers: { connection: 'Upgrade', upgrade: 'websocket' } };
  const config = (more: Json = {}): Json => ({ upgrade_configs: [{ upgrade_type: 'websocket', ...more }] });
  const to = (action: Json): HttpParts => ({ routes: [route({ route: { cluster: 'a', ...action } })] });

  it.each<[string, HttpParts, TraceRequest, string | null]>([
    ['nobody allows', to({}), websocket, 'upgrade_denied'],
    ['the connection manager allows', { ...to({}), manager: config() }, websocket, null],
    ['the connection manager forbids', { ...to({}), manager: config({ enabled: false }) }, websocket, 'upgrade_denied'],
    ['the route allows', { ...to(config()), manager: config({ enabled: false }) }, websocket, null],
    ['the route forbids', { ...to(config({ enabled: false })), manager: config() }, websocket, 'upgrade_denied'],
    ['no Connection names it', to({}), { headers: { upgrade: 'websocket' } }, null],
    ['there is no route', { routes: [] }, websocket, 'no_route'],
    [
      'a redirect needs it too',
      { routes: [route({ redirect: { path_redirect: '/x' } })] },
      websocket,
      'upgrade_denied',
    ],
    [
      'CONNECT',
      { routes: [{ match: { connect_matcher: {} }, route: { cluster: 'a' } }] },
      { method: 'CONNECT' },
      'upgrade_denied',
    ],
    [
      'CONNECT that is allowed',
      {
        routes: [
          {
            match: { connect_matcher: {} },
            route: { cluster: 'a', upgrade_configs: [{ upgrade_type: 'CONNECT', connect_config: {} }] },
          },
        ],
      },
      { method: 'CONNECT' },
      null,
    ],
  ])('%s', async (_, parts, request, reason) => {
    expect((await throughHttp(parts, request)).reason).toBe(reason);
  });

  it('name the cluster that the route had chosen', async () => {
    expect(await throughHttp(to({}), websocket)).toMatchObject({
      responseCode: 403,
      responseCodeDetails: 'upgrade_failed',
      cluster: 'a',
    });
  });

  it('may have filters of their own', async () => {
    const parts = { ...to({}), filters: [rbac('upgrade')], manager: config({ filters: [http('router')] }) };
    expect((await throughHttp(parts, websocket)).reason).toBeNull();
    expect((await throughHttp({ ...parts, manager: config() }, websocket)).reason).toBe('rbac_denied');
  });
});

describe('clusters that the on_demand filter fetches', () => {
  const odcds = { odcds: { source: { ads: {} } } };

  it.each<[string, HttpParts, string, string]>([
    ['while the request waits', { filters: [http('on_demand', odcds)] }, 'gone', 'undetermined'],
    ['once they are there', { filters: [http('on_demand', odcds)] }, 'a', 'forwarded'],
    [
      'where the route says so',
      { filters: [http('on_demand')], host: perFilter('on_demand', any('x.PerRouteConfig', odcds)) },
      'gone',
      'undetermined',
    ],
    ['not without a source', { filters: [http('on_demand')] }, 'gone', 'responded'],
  ])('%s', async (_, parts, cluster, outcome) => {
    expect((await throughHttp({ ...parts, routes: [route(cluster)] })).outcome).toBe(outcome);
  });
});

describe('filters whose configuration comes by ECDS', () => {
  const view = { name: 'rbac', config_discovery: { type_urls: [] } };
  const { typed_config } = rbac('x-bad');

  it.each<[string, Json, HttpParts['proxy'], string | null]>([
    ['it has come', view, { ecds: [{ name: 'rbac', typed_config }] }, 'rbac_denied'],
    ['it has not come', view, { ecds: [] }, 'missing_filter_config'],
    [
      'it has not come, but there is a default',
      { ...view, config_discovery: { default_config: typed_config } },
      { ecds: [] },
      'rbac_denied',
    ],
    ['the dump has no such section', view, {}, null],
  ])('%s', async (_, filter, proxy, reason) => {
    const result = await throughHttp(
      { routes: ROUTES, filters: [filter], ...(proxy === undefined ? {} : { proxy }) },
      { headers: { 'x-bad': '1' } },
    );
    expect(result.reason).toBe(reason);
  });
});
