import { describe, expect, it } from 'vitest';
import type { TraceRequest } from '../../../src/trace/request.js';
import { route } from '../../support/messages.js';
import type { Json } from '../../support/minimal-proxy.js';
import { any, http, perFilter, ROUTES } from './http-filter-parts.js';
import { type HttpParts, stepOf, throughHttp } from './through-http.js';

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
