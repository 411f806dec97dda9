import { describe, expect, it } from 'vitest';
import type { TraceRequest } from '../../src/trace/request.js';
import { route } from '../support/messages.js';
import type { Json } from '../support/minimal-proxy.js';
import { added, to } from './hops/route-action-parts.js';
import { type HttpParts, headersThrough, throughHttp } from './hops/through-http.js';

const regex = (pattern: string, substitution: string): Json => ({ pattern: { regex: pattern }, substitution });

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
