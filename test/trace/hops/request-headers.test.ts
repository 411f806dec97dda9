import { describe, expect, it } from 'vitest';
import type { TraceRequest } from '../../../src/trace/request.js';
import { downstreamTls, extension, route } from '../../support/messages.js';
import type { Json } from '../../support/minimal-proxy.js';
import { type HttpParts, headersThrough, throughHttp } from './through-http.js';

const ROUTES = [route('a')];
const EDGE = { use_remote_address: true };
const ASKS_CERTIFICATE = downstreamTls({ require_client_certificate: true });
/** Leaves out what Envoy adds by itself. */
const NO_ID = { generate_request_id: false };
const INSIDE = { internal_address_config: { cidr_ranges: [{ address_prefix: '10.0.0.0', prefix_len: 8 }] } };

describe('headers that the codec refuses', () => {
  const underscores = (headers_with_underscores_action: string): Json => ({
    common_http_protocol_options: { headers_with_underscores_action },
  });
  const limit = (max_headers_count: number): Json => ({ common_http_protocol_options: { max_headers_count } });
  const many = Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`x-${index}`, 'v']));

  it.each<[string, Json, TraceRequest, number | null, string | null]>([
    ['more than a hundred', {}, { headers: many }, 431, 'http1.too_many_headers'],
    ['more than the limit', limit(2), { headers: { 'x-a': ['1', '2'] } }, 431, 'http1.too_many_headers'],
    ['as many as the limit', limit(3), { headers: { 'x-a': ['1', '2'] } }, null, null],
    ['underscores', underscores('REJECT_REQUEST'), { headers: { x_a: '1' } }, 400, 'http1.unexpected_underscore'],
    ['underscores that may stay', {}, { headers: { x_a: '1' } }, null, null],
    [
      'as many as the limit of HTTP/2',
      limit(5),
      { protocol: 'http2', headers: { 'x-a': '1', cookie: ['a', 'b'] } },
      null,
      null,
    ],
  ])('%s', async (_, manager, request, responseCode, responseCodeDetails) => {
    expect(await throughHttp({ routes: ROUTES, manager }, request)).toMatchObject({
      responseCode,
      responseCodeDetails,
    });
  });

  it.each<[string, Json, TraceRequest, string]>([
    [
      'underscores',
      underscores('REJECT_REQUEST'),
      { protocol: 'http2', headers: { x_a: '1' } },
      'http2.unexpected_underscore',
    ],
    [
      'underscores of gRPC',
      underscores('REJECT_REQUEST'),
      { protocol: 'grpc', headers: { x_a: '1' } },
      'http2.unexpected_underscore',
    ],
    ['more than the limit', limit(4), { protocol: 'http2', headers: { 'x-a': '1' } }, 'http2.too_many_headers'],
  ])('reset a stream of HTTP/2: %s', async (_, manager, request, responseCodeDetails) => {
    expect(await throughHttp({ routes: ROUTES, manager }, request)).toMatchObject({
      outcome: 'closed',
      reason: 'protocol_error',
      responseCode: null,
      responseFlag: 'DR',
      responseCodeDetails,
      cluster: null,
    });
  });

  it('leaves out those with underscores where they are dropped', async () => {
    const parts = { routes: ROUTES, manager: { ...NO_ID, ...underscores('DROP_HEADER') } };
    expect(await headersThrough(parts, { headers: { x_a: '1', 'x-b': '2' } })).toEqual({ 'x-b': '2' });
  });
});

describe('headers that a client outside the mesh may not set', () => {
  const sent = { 'x-envoy-ip-tags': 'a', 'x-envoy-downstream-service-node': 'n', 'x-own': '1', 'x-other': '2' };
  const table = { internal_only_headers: ['X-Own'] };

  it.each<[string, Json, Record<string, string>, string[]]>([
    ['from outside', {}, {}, ['x-envoy-downstream-service-node', 'x-other']],
    ['from outside, at the edge', EDGE, {}, ['x-other']],
    [
      'from inside',
      INSIDE,
      { 'x-forwarded-for': '10.0.0.7' },
      [...Object.keys(sent), 'x-forwarded-for', 'x-envoy-internal'],
    ],
    [
      'from outside, which says that it is inside',
      {},
      { 'x-envoy-internal': 'true' },
      ['x-envoy-downstream-service-node', 'x-other'],
    ],
  ])('%s', async (_, manager, more, names) => {
    const parts = { routes: ROUTES, table, manager: { ...NO_ID, ...manager } };
    expect(Object.keys(await headersThrough(parts, { headers: { ...sent, ...more } }))).toEqual(names);
  });

  it.each<[string, Json, TraceRequest, boolean]>([
    ['removed by default', {}, {}, false],
    ['removed from plaintext', { forward_client_cert_details: 'FORWARD_ONLY' }, {}, false],
    ['always forwarded', { forward_client_cert_details: 'ALWAYS_FORWARD_ONLY' }, {}, true],
  ])('x-forwarded-client-cert is %s', async (_, manager, request, stays) => {
    const headers = await headersThrough(
      { routes: ROUTES, manager },
      { ...request, headers: { 'x-forwarded-client-cert': 'By=x' } },
    );
    expect('x-forwarded-client-cert' in headers).toBe(stays);
  });
});

describe('headers of one connection', () => {
  const sent = {
    connection: 'keep-alive',
    upgrade: 'websocket',
    'keep-alive': 'timeout=5',
    'proxy-connection': 'keep-alive',
    'transfer-encoding': 'chunked',
    'x-envoy-internal': 'true',
    'x-a': '1',
  };

  it.each<[string, Record<string, string>, string[]]>([
    ['are removed', {}, ['x-a']],
    ['stay where they ask for an upgrade', { connection: 'keep-alive, Upgrade' }, ['connection', 'upgrade', 'x-a']],
  ])('%s', async (_, more, names) => {
    expect(
      Object.keys(await headersThrough({ routes: ROUTES, manager: NO_ID }, { headers: { ...sent, ...more } })),
    ).toEqual(names);
  });

  it.each(['connection', 'keep-alive', 'x-envoy-internal'])('decide no route: %s', async name => {
    const asking = { match: { prefix: '/', headers: [{ name, present_match: true }] }, route: { cluster: 'b' } };
    expect((await throughHttp({ routes: [asking, ...ROUTES] }, { headers: sent })).cluster).toBe('a');
  });
});

describe('headers that Envoy makes itself', () => {
  const asking = (name: string, matcher: Json = { present_match: true }): HttpParts => ({
    routes: [{ match: { prefix: '/', headers: [{ name, ...matcher }] }, route: { cluster: 'b' } }, ...ROUTES],
  });
  const own = { headers: { 'x-request-id': 'mine' } };
  const exactly = (exact: string): Json => ({ string_match: { exact } });
  const MADE = 'the x-request-id that Envoy generates';

  it.each<[string, HttpParts, TraceRequest, string | null]>([
    ['is there', asking('x-request-id'), {}, 'b'],
    [
      'is not there where none is generated',
      { ...asking('x-request-id'), manager: { generate_request_id: false } },
      {},
      'a',
    ],
    ['has a value that nobody knows', asking('x-request-id', exactly('mine')), {}, null],
    ['is the client’s inside', asking('x-request-id', exactly('mine')), own, 'b'],
    ['is another one at the edge', { ...asking('x-request-id', exactly('mine')), manager: EDGE }, own, null],
    [
      'is the client’s at an edge that preserves it',
      {
        ...asking('x-request-id', exactly('mine')),
        manager: { ...EDGE, preserve_external_request_id: true },
      },
      own,
      'b',
    ],
  ])('x-request-id %s', async (_, parts, request, cluster) => {
    const result = await throughHttp(parts, request);
    expect([result.cluster, result.missing]).toEqual([cluster, cluster === null ? [MADE] : []]);
  });

  it('goes into headers that are made of it', async () => {
    const first = { header: { key: 'x-copy', value: '%REQ(x-request-id)%' } };
    const parts = { routes: [route('a', { request_headers_to_add: [first] })] };
    expect((await headersThrough(parts))['x-copy']).toBe(`⟨${MADE}⟩`);
  });

  const XFCC = 'x-forwarded-client-cert';
  const CERTIFICATE = 'what the certificates hold';
  it.each<[string, Json, Json, Partial<TraceRequest>, string | null]>([
    ['is set', { forward_client_cert_details: 'SANITIZE_SET' }, { present_match: true }, {}, 'b'],
    ['is appended', { forward_client_cert_details: 'APPEND_FORWARD' }, { present_match: true }, {}, 'b'],
    ['is only forwarded', { forward_client_cert_details: 'FORWARD_ONLY' }, { present_match: true }, {}, 'a'],
    ['is removed', {}, { present_match: true }, { headers: { [XFCC]: 'By=x' } }, 'a'],
    [
      'is not the client’s',
      { forward_client_cert_details: 'SANITIZE_SET' },
      exactly('By=x'),
      { headers: { [XFCC]: 'By=x' } },
      'a',
    ],
    [
      'begins with the client’s',
      { forward_client_cert_details: 'APPEND_FORWARD' },
      { string_match: { prefix: 'By=x,' } },
      { headers: { [XFCC]: 'By=x' } },
      'b',
    ],
    [
      'has the principal',
      { forward_client_cert_details: 'SANITIZE_SET', set_current_client_cert_details: { uri: true, subject: true } },
      { string_match: { contains: 'URI=spiffe://td/ns/a/sa/b' } },
      {},
      'b',
    ],
    [
      'has no other principal',
      { forward_client_cert_details: 'SANITIZE_SET', set_current_client_cert_details: { uri: true } },
      { string_match: { suffix: 'URI=spiffe://td/ns/a/sa/c' } },
      {},
      'a',
    ],
    [
      'has a hash that nobody knows',
      { forward_client_cert_details: 'SANITIZE_SET' },
      { string_match: { contains: 'Hash=1' } },
      {},
      null,
    ],
  ])('x-forwarded-client-cert %s', async (_, manager, matcher, request, cluster) => {
    const result = await throughHttp(
      { ...asking(XFCC, matcher), manager, chain: ASKS_CERTIFICATE },
      { tls: 'mtls', from: { principal: 'spiffe://td/ns/a/sa/b' }, ...request },
    );
    expect([result.cluster, result.missing]).toEqual([cluster, cluster === null ? [CERTIFICATE] : []]);
  });

  it('has the principal that nobody gave', async () => {
    const manager = { forward_client_cert_details: 'SANITIZE_SET', set_current_client_cert_details: { uri: true } };
    const parts = { routes: ROUTES, manager, chain: ASKS_CERTIFICATE };
    expect((await headersThrough(parts, { tls: 'mtls' }))[XFCC]).toContain(
      'URI=⟨the source principal (from.principal)⟩',
    );
  });
});

describe('mutations that come first', () => {
  const early = (mutation: Json): Json => ({
    early_header_mutation_extensions: [
      extension('early', 'envoy.extensions.http.early_header_mutation.header_mutation.v3.HeaderMutation', {
        mutations: [mutation],
      }),
    ],
  });
  const toB = {
    match: { prefix: '/', headers: [{ name: 'x-to', string_match: { exact: 'b' } }] },
    route: { cluster: 'b' },
  };

  it('decide the route', async () => {
    const manager = early({ append: { header: { key: 'x-to', value: 'b' } } });
    expect((await throughHttp({ routes: [toB, ...ROUTES], manager })).cluster).toBe('b');
    expect((await throughHttp({ routes: [toB, ...ROUTES] })).cluster).toBe('a');
  });
});
