import { describe, expect, it } from 'vitest';
import type { FindingCode } from '../../../src/findings/codes.js';
import { chain, listener, virtualOutbound } from '../../support/messages.js';
import { type Json, minimalProxy } from '../../support/minimal-proxy.js';
import { checked, line, traced } from '../support/findings.js';
import { from, PASSTHROUGH, rds, service, table } from '../support/mesh.js';
import { MATCHED, OTHER, route, SHOP } from './route-parts.js';

function proxy(routes: readonly Json[], more: Json = {}) {
  const services = ['shop', 'other'].map(name => service(name, ['10.1.0.1:8080']));
  return minimalProxy({
    listeners: [virtualOutbound(), listener(80, [chain([rds('80')])])],
    routes: [table(80, 'shop', routes)],
    clusters: [PASSTHROUGH, ...services.map(({ cluster }) => cluster)],
    endpoints: services.map(({ endpoints }) => endpoints),
    ...more,
  });
}

async function lines(code: FindingCode, routes: readonly Json[]): Promise<string[]> {
  return checked(code, await proxy(routes)).map(line);
}

describe('shadowed-route and prefix-swallows-sibling', () => {
  const shadowed = 'warning shadowed-route VirtualService default/shop';
  const sibling = 'warning prefix-swallows-sibling VirtualService default/shop';

  it.each<[Json, Json, string[]]>([
    [{ prefix: '/items' }, { prefix: '/items/preview' }, [shadowed]],
    [{ prefix: '/items' }, { path: '/items' }, [shadowed]],
    [{ prefix: '/items/' }, { path: '/items/1' }, [shadowed]],
    [{ prefix: '/' }, { safe_regex: { regex: '/a.*' } }, [shadowed]],
    [{ prefix: '/test' }, { prefix: '/test1' }, [sibling]],
    [{ prefix: '/test' }, { path: '/testing' }, [sibling]],
    [{ prefix: '/test/' }, { prefix: '/test1' }, []],
    [{ prefix: '/items/preview' }, { prefix: '/items' }, []],
    [{ path: '/a' }, { path: '/a' }, [shadowed]],
    [{ path: '/a' }, { prefix: '/a' }, []],
    [{ path_separated_prefix: '/a' }, { prefix: '/a/b' }, [shadowed]],
    [{ path_separated_prefix: '/a' }, { prefix: '/ab' }, []],
    [{ safe_regex: { regex: '/v[0-9]+' } }, { path: '/v1' }, [shadowed]],
    [{ safe_regex: { regex: '/v[0-9]+' } }, { path: '/v1/x' }, []],
    [{ prefix: '/ITEMS', case_sensitive: false }, { prefix: '/items/1' }, [shadowed]],
    [{ prefix: '/items' }, { prefix: '/items/1', case_sensitive: false }, []],
    [{ prefix: '/', headers: [{ name: 'x', present_match: true }] }, { prefix: '/a' }, []],
    [
      { prefix: '/', headers: [{ name: 'x', present_match: true }] },
      {
        prefix: '/a',
        headers: [
          { name: 'x', present_match: true },
          { name: 'y', present_match: true },
        ],
      },
      [shadowed],
    ],
    [{ prefix: '/', runtime_fraction: { default_value: { numerator: 50 } } }, { prefix: '/a' }, []],
    [{ prefix: '/', runtime_fraction: { default_value: { numerator: 100 } } }, { prefix: '/a' }, [shadowed]],
    [{ prefix: '/', grpc: {} }, { prefix: '/a' }, []],
    [{ prefix: '/', query_parameters: [{ name: 'q' }] }, { prefix: '/a' }, []],
  ])('%j before %j', async (first, second, expected) => {
    const routes = [route(first), route(second, OTHER)];
    const own = await proxy(routes);
    const found = [...checked('shadowed-route', own), ...checked('prefix-swallows-sibling', own)];
    expect(found.filter(({ severity }) => severity !== 'info').map(line)).toEqual(expected);
  });

  it('leaves out routes that do the same', async () => {
    expect(await lines('shadowed-route', [route({ prefix: '/a' }), route({ prefix: '/a/b' })])).toEqual([]);
  });

  it('tells a request that a prefix takes from the route behind it', async () => {
    const own = await proxy([route({ prefix: '/catalog' }), route(MATCHED, OTHER)]);
    const [first] = traced({ to: 'http://shop/catalogue' }, own);
    expect(line(first as never)).toBe(sibling);
    expect(first?.why).toContain('Prefix /catalog of route 0 of VirtualService default/shop also takes /catalogue');
    expect(traced({ to: 'http://shop/catalog/1' }, own)).toEqual([]);
    expect(traced({ to: 'http://shop/catalog?x=1' }, own)).toEqual([]);
  });
});

describe('redirect-loop', () => {
  const redirect = (match: Json, to: Json): Json => ({ match, redirect: to, ...from('virtual-service', 'shop') });
  const loop = 'error redirect-loop VirtualService default/shop';

  it.each<[Json, Json, string[]]>([
    [{ prefix: '/a' }, { path_redirect: '/a/' }, [loop]],
    [{ path: '/a' }, { path_redirect: '/a/' }, []],
    [{ prefix: '/a' }, { path_redirect: '/b' }, []],
    [{ prefix: '/a' }, { prefix_rewrite: '/a/a' }, [loop]],
    [{ prefix: '/a' }, { path_redirect: '/a/', host_redirect: 'other' }, []],
    [{ prefix: '/' }, { https_redirect: true }, []],
  ])('%j to %j', async (match, to, expected) => {
    expect(await lines('redirect-loop', [redirect(match, to), route(MATCHED)])).toEqual(expected);
  });

  it('follows a request through several routes', async () => {
    const own = await proxy([
      redirect({ path: '/a' }, { path_redirect: '/b' }),
      redirect({ path: '/b' }, { path_redirect: '/a' }),
      redirect({ path: '/c' }, { path_redirect: '/d' }),
      route(MATCHED),
    ]);
    const [first] = traced({ to: 'http://shop/a' }, own);
    expect(line(first as never)).toBe(loop);
    expect(first?.why).toContain('http://shop/a → http://shop/b → http://shop/a');
    expect(traced({ to: 'http://shop/c' }, own)).toEqual([]);
  });
});

describe('what a route sets', () => {
  const with_ = (action: Json): Json => ({
    match: MATCHED,
    route: { cluster: SHOP, ...action },
    ...from('virtual-service', 'shop'),
  });
  const retry = (count: number, perTry?: string, on = '5xx') => ({
    retry_policy: { retry_on: on, num_retries: count, ...(perTry === undefined ? {} : { per_try_timeout: perTry }) },
  });
  const timeout = (severity: string) => `${severity} timeout-shorter-than-retries VirtualService default/shop`;
  const retries = (severity: string) => `${severity} retry-amplification VirtualService default/shop`;

  it.each<[Json, string[]]>([
    [{ timeout: '2s', ...retry(3, '2s') }, [timeout('warning')]],
    [{ timeout: '5s', ...retry(3, '2s') }, [timeout('info')]],
    [{ timeout: '8s', ...retry(3, '2s') }, []],
    [{ timeout: '0s', ...retry(3, '2s') }, []],
    [{ timeout: '1s', ...retry(0, '2s') }, []],
    [{ timeout: '2s', ...retry(3) }, []],
    [retry(3, '2s'), []],
  ])('%j', async (action, expected) => {
    expect(await lines('timeout-shorter-than-retries', [with_(action)])).toEqual(expected);
  });

  it.each<[Json, string[]]>([
    [retry(2), []],
    [retry(5), [retries('info')]],
    [retry(10), [retries('warning')]],
    [retry(10, undefined, 'connect-failure,refused-stream'), []],
    [retry(10, undefined, 'reset-before-request'), []],
  ])('retries %j', async (action, expected) => {
    expect(await lines('retry-amplification', [with_(action)])).toEqual(expected);
  });

  it.each<[number[], number | undefined, number]>([
    [[90, 10], undefined, 0],
    [[90, 10], 100, 0],
    [[50, 10], 100, 1],
    [[0, 0], undefined, 1],
    [[3, 1], undefined, 0],
  ])('weights %j of %s', async (weights, total, expected) => {
    const clusters = weights.map(weight => ({ name: SHOP, weight }));
    const weighted_clusters = { clusters, ...(total === undefined ? {} : { total_weight: total }) };
    const routes = [{ match: MATCHED, route: { weighted_clusters }, ...from('virtual-service', 'shop') }];
    expect(await lines('weights-do-not-sum', routes)).toHaveLength(expected);
  });

  it.each<[Json, string[]]>([
    [{ cluster: SHOP }, []],
    [{ cluster: 'gone' }, ['warning mirror-target-missing VirtualService default/shop']],
  ])('mirror %j', async (mirror, expected) => {
    expect(await lines('mirror-target-missing', [with_({ request_mirror_policies: [mirror] })])).toEqual(expected);
    expect(await lines('mirror-target-missing', [with_({ request_mirror_policy: mirror })])).toEqual(expected);
  });

  it.each<[Json, string[]]>([
    [{ safe_regex: { regex: '/a(?!b)' } }, ['error regex-not-re2 VirtualService default/shop']],
    [{ regex: '/a(?!b)' }, ['info regex-not-re2 VirtualService default/shop']],
    [
      { prefix: '/', headers: [{ name: 'x', safe_regex_match: { regex: '(' } }] },
      ['error regex-not-re2 VirtualService default/shop'],
    ],
    [{ prefix: '/', headers: [{ name: 'x', string_match: { safe_regex: { regex: 'a.*' } } }] }, []],
  ])('pattern in %j', async (match, expected) => {
    expect(await lines('regex-not-re2', [route(match)])).toEqual(expected);
  });

  it('a fault, on the route or its virtual host', async () => {
    const fault = {
      'envoy.filters.http.fault': { '@type': 'x', abort: { http_status: 503, percentage: { numerator: 10 } } },
    };
    const [finding] = checked(
      'fault-injected',
      await proxy([route(MATCHED, SHOP, { typed_per_filter_config: fault })]),
    );
    expect(line(finding as never)).toBe('info fault-injected VirtualService default/shop');
    expect(finding?.why).toContain('answers 10% of the requests with 503');
    const early = { 'envoy.fault': { delay: { percent: 50, fixed_delay: '5s' } } };
    const [delay] = checked('fault-injected', await proxy([route(MATCHED, SHOP, { per_filter_config: early })]));
    expect(delay?.why).toContain('delays 50% of the requests by 5s');
  });
});

describe('tables', () => {
  const virtualHost = (name: string, ...domains: string[]): Json => ({ name, domains, routes: [route(MATCHED)] });

  it('duplicate-domain counts no case', async () => {
    const routes = [
      { name: '80', virtual_hosts: [virtualHost('a', 'a.example'), virtualHost('b', 'b.example', 'A.Example')] },
    ];
    const found = checked('duplicate-domain', await proxy([], { routes }));
    expect(found.map(line)).toEqual(['error duplicate-domain VirtualService default/shop']);
    expect(found[0]?.why).toContain('Domain a.example stands in virtual hosts a and b');
  });

  it('missing-route-table', async () => {
    const own = await proxy([], { routes: [] });
    expect(checked('missing-route-table', own).map(line)).toEqual(['error missing-route-table route 80']);
    expect(traced({ to: 'shop:80' }, own).map(({ code }) => code)).toEqual(['missing-route-table']);
    expect(checked('missing-route-table', await proxy([], { routes: null }))).toEqual([]);
  });

  it.each<[string[], boolean, number]>([
    [['shop:81'], false, 1],
    [['shop:80'], false, 0],
    [['shop:81', 'shop'], false, 0],
    [['shop:81'], true, 0],
  ])('domain-port-mismatch in %j, ports ignored: %s', async (domains, ignored, expected) => {
    const routes = [
      { name: '80', virtual_hosts: [virtualHost('shop', ...domains)], ignore_port_in_host_matching: ignored },
    ];
    expect(checked('domain-port-mismatch', await proxy([], { routes }))).toHaveLength(expected);
  });

  it('domain-port-mismatch of a request', async () => {
    const any = {
      name: 'allow_any',
      domains: ['*'],
      routes: [{ match: MATCHED, route: { cluster: 'PassthroughCluster' } }],
    };
    const routes = [{ name: '80', virtual_hosts: [virtualHost('shop', 'shop', 'shop:80'), any] }];
    const own = await proxy([], { routes });
    const [first] = traced({ ip: '10.9.9.9', port: 80, host: 'shop:9999' }, own);
    expect(first?.code).toBe('domain-port-mismatch');
    expect(first?.why).toContain('which takes shop and shop:80');
  });

  it('no-route-matches tells what each route missed', async () => {
    const headers = [{ name: 'x-tier', string_match: { exact: 'Gold' } }];
    const own = await proxy([route({ prefix: '/', headers }, SHOP, { name: 'gold' })]);
    const [first] = traced({ to: 'shop:80', headers: { 'x-tier': 'gold' } }, own);
    expect(line(first as never)).toBe('error no-route-matches VirtualService default/shop');
    expect(first?.why).toContain('route gold:');
  });
});
