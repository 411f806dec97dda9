import { describe, expect, it } from 'vitest';
import type { TraceRequest } from '../../src/trace/request.js';
import type { Json } from '../support/minimal-proxy.js';
import { inside, MESH, to } from './hops/route-action-parts.js';
import { type HttpParts, throughHttp } from './hops/through-http.js';

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
