import { describe, expect, it } from 'vitest';
import type { TraceRequest } from '../../../src/trace/request.js';
import { traceRequest } from '../../../src/trace/trace.js';
import { chain, hcm, listener, route, staticCluster, virtualHost } from '../../support/messages.js';
import { GATEWAY, type Json, minimalProxy } from '../../support/minimal-proxy.js';

async function read(manager: Json, request: TraceRequest, node: Json = {}, bootstrap: Json = {}) {
  const proxy = await minimalProxy({
    node: { ...GATEWAY, ...node },
    bootstrap,
    listeners: [listener(80, [chain([hcm([virtualHost([route('a')])], manager)])])],
    clusters: [staticCluster('a', ['10.0.0.9:80'])],
  });
  return traceRequest(proxy, { ip: '10.0.0.2', port: 80, host: 'a.example', ...request });
}

const istio = (version: string): Json => ({ metadata: { ISTIO_VERSION: version } });

describe('what the codec can read', () => {
  it.each<[string, Json, TraceRequest, string | null, string]>([
    ['HTTP/1.1', {}, {}, null, ''],
    ['HTTP/2', {}, { protocol: 'http2' }, null, ''],
    ['gRPC', { codec_type: 'HTTP2' }, { protocol: 'grpc' }, null, ''],
    ['bytes', {}, { protocol: 'tcp' }, 'http1.codec_error', 'not HTTP'],
    ['TLS', {}, { tls: 'tls' }, 'http1.codec_error', 'TLS arrives'],
    ['HTTP/2 into HTTP1', { codec_type: 'HTTP1' }, { protocol: 'http2' }, 'http1.codec_error', 'HTTP/2 arrives'],
    ['HTTP/1.1 into HTTP2', { codec_type: 'HTTP2' }, {}, 'codec_error', 'HTTP/1.1 arrives'],
    ['anything into HTTP3', { codec_type: 'HTTP3' }, {}, 'http1.codec_error', 'QUIC'],
  ])('%s', async (_, manager, request, details, why) => {
    const result = await read(manager, request);
    if (details === null) expect(result.outcome).toBe('forwarded');
    else
      expect(result).toMatchObject({
        outcome: 'closed',
        reason: 'protocol_error',
        responseFlag: 'DPE',
        responseCodeDetails: details,
        sentence: expect.stringContaining(why),
      });
  });
});

describe('requests that are answered before they are routed', () => {
  const ACCEPTS = { http_protocol_options: { accept_http_10: true } };

  it.each<[string, Json, TraceRequest, number | null, string | null]>([
    ['no host', {}, { host: '' }, 400, 'missing_host_header'],
    ['HTTP/1.0', {}, { alpn: ['http/1.0'] }, 426, 'low_version'],
    ['HTTP/1.0 where it is accepted', ACCEPTS, { alpn: ['http/1.0'] }, null, null],
    ['HTTP/1.0 without a host', ACCEPTS, { alpn: ['http/1.0'], host: '' }, 400, 'missing_host_header'],
    [
      'HTTP/1.0 with a default host',
      { http_protocol_options: { accept_http_10: true, default_host_for_http_10: 'a.example' } },
      { alpn: ['http/1.0'], host: '' },
      null,
      null,
    ],
    ['a path without a slash', {}, { path: 'a' }, 404, 'absolute_path_rejected'],
    ['OPTIONS *', {}, { method: 'OPTIONS', path: '*' }, 404, 'absolute_path_rejected'],
    [
      'escaped slashes',
      { path_with_escaped_slashes_action: 'REJECT_REQUEST' },
      { path: '/a%2Fb' },
      400,
      'path_normalization_failed',
    ],
    [
      'escaped slashes redirected, gRPC',
      { path_with_escaped_slashes_action: 'UNESCAPE_AND_REDIRECT' },
      { path: '/a%2Fb', headers: { 'content-type': 'application/grpc' } },
      200,
      'path_normalization_failed',
    ],
  ])('%s', async (_, manager, request, responseCode, responseCodeDetails) => {
    const result = await read(manager, request);
    expect(result).toMatchObject({
      outcome: responseCode === null ? 'forwarded' : 'responded',
      reason: responseCode === null ? null : 'bad_request',
      responseCode,
      responseCodeDetails,
    });
  });

  it('redirects to the path alone where slashes are unescaped', async () => {
    const result = await read({ path_with_escaped_slashes_action: 'UNESCAPE_AND_REDIRECT' }, { path: '/a%2Fb?c' });
    expect(result).toMatchObject({ reason: 'redirect', responseCode: 307, redirect: { url: '/a/b?c', code: 307 } });
  });
});

describe('a fragment in the path', () => {
  const KEEPS = {
    layered_runtime: {
      layers: [{ static_layer: { 'envoy.reloadable_features.http_reject_path_with_fragment': false } }],
    },
  };

  it.each<[string, Json, Json, string | null]>([
    ['is refused since Envoy 1.20', istio('1.12.0'), {}, null],
    ['stays before', istio('1.9.0'), {}, '/a#b'],
    ['goes where the runtime says so, as Istio’s does', istio('1.30.3'), KEEPS, '/a'],
    ['stays where the version is not known', {}, {}, '/a#b'],
  ])('%s', async (_, node, bootstrap, path) => {
    const result = await read({}, { path: '/a#b' }, node, bootstrap);
    expect(result.reason).toBe(path === null ? 'bad_request' : null);
    if (path !== null) expect(result.rewrite.path ?? '/a#b').toBe(path);
  });
});

describe('a whole URL in the request line', () => {
  it.each<[string, Json, TraceRequest, string | null, string | null]>([
    ['its authority wins over Host', {}, { path: 'http://b.example/x?y' }, 'b.example', '/x?y'],
    ['without a path', {}, { path: 'http://b.example' }, 'b.example', '/'],
    ['with a query alone', {}, { path: 'http://b.example?y' }, 'b.example', '/?y'],
  ])('%s', async (_, manager, request, host, path) => {
    expect((await read(manager, request)).rewrite).toEqual({ host, path });
  });

  it.each<[string, Json, TraceRequest]>([
    ['HTTP/2', {}, { protocol: 'http2' }],
    ['allow_absolute_url is off', { http_protocol_options: { allow_absolute_url: false } }, {}],
  ])('is refused: %s', async (_, manager, request) => {
    const result = await read(manager, { ...request, path: 'http://b.example/x' });
    expect(result.responseCodeDetails).toBe('absolute_path_rejected');
  });
});

describe('what the upstream gets', () => {
  it('the host without its port where the connection manager strips it', async () => {
    expect((await read({ strip_any_host_port: true }, { host: 'a.example:81' })).rewrite.host).toBe('a.example');
    expect((await read({ strip_matching_host_port: true }, { host: 'a.example:80' })).rewrite.host).toBe('a.example');
  });

  it('the path normalised', async () => {
    expect((await read({ normalize_path: true, merge_slashes: true }, { path: '/a//b/../c' })).rewrite.path).toBe(
      '/a/c',
    );
  });
});
