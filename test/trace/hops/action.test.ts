import { describe, expect, it } from 'vitest';
import type { TraceRequest } from '../../../src/trace/request.js';
import { route } from '../../support/messages.js';
import type { Json } from '../../support/minimal-proxy.js';
import { stepOf, throughHttp } from './through-http.js';

const redirect = (config: Json, match: Json = { prefix: '/' }): Json[] => [route({ redirect: config }, { match })];
const regex = (pattern: string, substitution: string): Json => ({ pattern: { regex: pattern }, substitution });

describe('redirects', () => {
  const https: TraceRequest = { headers: { 'x-forwarded-proto': 'https' } };

  it.each<[string, Json, TraceRequest, string, number]>([
    ['to another host', { host_redirect: 'new' }, { path: '/p?q' }, 'http://new/p?q', 301],
    ['to another path', { path_redirect: '/new' }, { path: '/p?q' }, 'http://a.example/new?q', 301],
    [
      'to a path with a query',
      { path_redirect: '/new?n', strip_query: true },
      { path: '/p?q' },
      'http://a.example/new?n',
      301,
    ],
    ['to a path without a slash', { path_redirect: 'new' }, { path: '/p' }, 'http://a.example/new', 301],
    ['without the query', { host_redirect: 'new', strip_query: true }, { path: '/p?q' }, 'http://new/p', 301],
    [
      'by regex',
      { regex_rewrite: regex('^/(.*)/(.*)$', '/\\2/\\1') },
      { path: '/a/b?q' },
      'http://a.example/b/a?q',
      301,
    ],
    [
      'by a regex that leaves nothing',
      { regex_rewrite: regex('.*', '') },
      { path: '/p?q' },
      'http://a.example/p?q',
      301,
    ],
    ['by an empty prefix', { prefix_rewrite: '' }, { path: '/p' }, 'http://a.example/p', 301],
    ['to HTTPS', { https_redirect: true }, { path: '/p' }, 'https://a.example/p', 301],
    ['to HTTPS, the port of HTTP goes', { https_redirect: true }, { host: 'a.example:80' }, 'https://a.example/', 301],
    [
      'to HTTPS, another port stays',
      { https_redirect: true },
      { host: 'a.example:8080' },
      'https://a.example:8080/',
      301,
    ],
    ['to another scheme', { scheme_redirect: 'ftp' }, {}, 'ftp://a.example/', 301],
    ['to another port', { port_redirect: 8443 }, { host: 'a.example:80' }, 'http://a.example:8443/', 301],
    ['to port 0, which is none', { port_redirect: 0, host_redirect: 'new' }, {}, 'http://new/', 301],
    ['of an IPv6 host', { https_redirect: true }, { host: '[::1]:80' }, 'https://[::1]/', 301],
    ['from HTTPS that an inner proxy tells', { host_redirect: 'new' }, https, 'https://new/', 301],
    [
      'from HTTPS to HTTP, its port goes',
      { scheme_redirect: 'http' },
      { ...https, host: 'a.example:443' },
      'http://a.example/',
      301,
    ],
    ['with a code', { host_redirect: 'new', response_code: 'PERMANENT_REDIRECT' }, {}, 'http://new/', 308],
  ])('%s', async (_, config, request, url, code) => {
    expect(await throughHttp({ routes: redirect(config) }, request)).toMatchObject({
      reason: 'redirect',
      responseCode: code,
      redirect: { url, code },
    });
  });

  it('replace the prefix that matched', async () => {
    const { redirect: to } = await throughHttp(
      { routes: redirect({ prefix_rewrite: '/new' }, { prefix: '/old' }) },
      { path: '/old/a?q' },
    );
    expect(to?.url).toBe('http://a.example/new/a?q');
  });

  it('tells no secret of the query', async () => {
    const request: TraceRequest = { path: '/p?access_token=s3cret1' };
    const result = await throughHttp({ routes: redirect({ host_redirect: 'new' }) }, request);
    expect(result.redirect?.url).toBe('http://new/p?access_token=s3cret1');
    expect(result.sentence).toContain('redirects to http://new/p?access_token=REDACTED');
    expect(JSON.stringify(result.steps)).not.toContain('s3cret1');
  });

  it('is not known where Envoy refuses the pattern', async () => {
    expect(await throughHttp({ routes: redirect({ regex_rewrite: regex('(', '') }) })).toMatchObject({
      outcome: 'undetermined',
    });
  });

  it('answer gRPC with 200, as every answer of Envoy’s own', async () => {
    expect(await throughHttp({ routes: redirect({ host_redirect: 'new' }) }, { protocol: 'grpc' })).toMatchObject({
      responseCode: 200,
      redirect: { code: 301 },
    });
  });
});

describe('direct responses', () => {
  it.each<[string, TraceRequest, number]>([
    ['answer with their code', {}, 418],
    ['answer gRPC with 200', { protocol: 'grpc' }, 200],
  ])('%s', async (_, request, responseCode) => {
    const routes = [route({ direct_response: { status: 418 } })];
    expect(await throughHttp({ routes }, request)).toMatchObject({
      outcome: 'responded',
      reason: 'direct_response',
      responseCode,
    });
  });

  it('of block_all say what keeps unknown hosts out', async () => {
    const parts = { routes: [route({ direct_response: { status: 502 } })], host: { name: 'block_all' } };
    expect((await throughHttp(parts)).sentence).toContain('REGISTRY_ONLY');
  });
});

describe('actions that a proxy does not take', () => {
  it.each<[string, Json]>([
    ['non-forwarding', { non_forwarding_action: {} }],
    ['none', {}],
  ])('%s', async (_, action) => {
    expect((await throughHttp({ routes: [route(action)] })).outcome).toBe('undetermined');
  });
});

describe('the end of a request that no route takes', () => {
  it('comes at the router filter', async () => {
    const result = await throughHttp({ routes: [] });
    expect(result).toMatchObject({ reason: 'no_route', responseCode: 404, responseFlag: 'NR' });
    expect(stepOf(result, 'action')?.why).toBe('the router filter answers 404');
  });
});
