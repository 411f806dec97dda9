import { describe, expect, it } from 'vitest';
import { extension, route } from '../../support/messages.js';
import type { Json } from '../../support/minimal-proxy.js';
import { any, perFilter, ROUTES, rbac } from './http-filter-parts.js';
import { type HttpParts, throughHttp } from './through-http.js';

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
