import { describe, expect, it } from 'vitest';
import type { TraceRequest } from '../../src/trace/request.js';
import type { Json } from '../support/minimal-proxy.js';
import { inside, MESH, to } from './hops/route-action-parts.js';
import { type HttpParts, headersThrough, stepOf, throughHttp } from './hops/through-http.js';

describe('retries', () => {
  const policy = { retry_policy: { retry_on: '5xx', num_retries: 3, per_try_timeout: '1s' } };

  it.each<[string, HttpParts, Json]>([
    [
      'of the route',
      { ...to(policy), host: { retry_policy: { retry_on: 'reset' } } },
      { retry_on: '5xx', num_retries: 3, per_try_timeout: '1s', from: 'route' },
    ],
    [
      'of the virtual host',
      { ...to({}), host: policy },
      { retry_on: '5xx', num_retries: 3, per_try_timeout: '1s', from: 'virtual host' },
    ],
    [
      'by an extension',
      { ...to({}), host: { retry_policy_typed_config: { '@type': 'x/example.Retry' } } },
      { retry_policy_typed_config: 'x/example.Retry', from: 'virtual host' },
    ],
    ['none', to({}), {}],
  ])('%s', async (_, parts, expected) => {
    expect((await throughHttp(parts)).retries).toEqual(expected);
  });

  const ON = { 'x-envoy-retry-on': '5xx, reset' };

  it.each<[string, Json, TraceRequest, Json, string | null]>([
    [
      'without a policy',
      {},
      inside({ ...ON, 'x-envoy-max-retries': '3' }),
      { retry_on: '5xx,reset', num_retries: 3, from: 'request headers' },
      'retries 3 on 5xx,reset (as request headers ask)',
    ],
    [
      'once, where no number is asked for',
      {},
      inside(ON),
      { retry_on: '5xx,reset', num_retries: 1, from: 'request headers' },
      null,
    ],
    ['not from outside', {}, { headers: ON }, {}, null],
    [
      'not on words that Envoy does not know',
      {},
      inside({ 'x-envoy-retry-on': 'rain', 'x-envoy-max-retries': '3' }),
      {},
      null,
    ],
    [
      'on what gRPC answers',
      {},
      inside({ 'x-envoy-retry-grpc-on': ['cancelled', 'unavailable'] }),
      { retry_on: 'cancelled,unavailable', num_retries: 1, from: 'request headers' },
      null,
    ],
    [
      'beside a policy',
      policy,
      inside({ ...ON, 'x-envoy-upstream-rq-per-try-timeout-ms': '200' }),
      { retry_on: '5xx,reset', num_retries: 3, per_try_timeout: '0.2s', from: 'route, request headers' },
      null,
    ],
    [
      'as often as a header says',
      policy,
      inside({ 'x-envoy-max-retries': '0' }),
      { retry_on: '5xx', num_retries: 0, per_try_timeout: '1s', from: 'route, request headers' },
      'retries 0 on 5xx (as request headers ask)',
    ],
    [
      'on statuses, beside those of the policy',
      { retry_policy: { retry_on: 'retriable-status-codes', retriable_status_codes: [503] } },
      inside({ 'x-envoy-retriable-status-codes': '409, 503, x' }),
      {
        retry_on: 'retriable-status-codes',
        num_retries: 1,
        retriable_status_codes: [503, 409],
        from: 'route, request headers',
      },
      null,
    ],
    [
      'on nothing, where the policy wants a header that the request lacks',
      { retry_policy: { retry_on: '5xx', retriable_request_headers: [{ name: 'x-again', present_match: true }] } },
      inside(ON),
      {
        retry_on: '',
        num_retries: 1,
        retriable_request_headers: [{ name: 'x-again', present_match: true }],
        from: 'route, request headers',
      },
      'retries 1 on nothing (as request headers ask): the request lacks the headers for it',
    ],
    [
      'where the request has the header that the policy wants',
      { retry_policy: { retry_on: '5xx', retriable_request_headers: [{ name: 'x-again', present_match: true }] } },
      inside({ 'x-again': '1' }),
      {
        retry_on: '5xx',
        num_retries: 1,
        retriable_request_headers: [{ name: 'x-again', present_match: true }],
        from: 'route',
      },
      'retries 1 on 5xx',
    ],
  ])('that headers ask for: %s', async (_, action, request, expected, line) => {
    const result = await throughHttp({ ...to(action), manager: MESH }, request);
    expect(result.retries).toEqual(expected);
    if (line !== null) expect(stepOf(result, 'action')?.details).toContain(line);
  });

  it('keeps back what headers ask for', async () => {
    const heeded = {
      ...ON,
      'x-envoy-upstream-rq-timeout-ms': '5',
      'x-envoy-hedge-on-per-try-timeout': 'true',
      'x-envoy-retriable-header-names': 'x-again',
      'x-envoy-retriable-status-codes': '409',
    };
    const sent = inside({ ...heeded, 'x-envoy-ip-tags': 'a' });
    const headers = Object.keys(await headersThrough({ ...to({}), manager: MESH }, sent));
    expect(headers).toContain('x-envoy-ip-tags');
    for (const name of Object.keys(heeded)) expect(headers).not.toContain(name);
  });
});
