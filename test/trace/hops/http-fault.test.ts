import { describe, expect, it } from 'vitest';
import type { TraceRequest } from '../../../src/trace/request.js';
import { extension, route } from '../../support/messages.js';
import type { Json } from '../../support/minimal-proxy.js';
import { type HttpParts, stepOf, throughHttp } from './through-http.js';

const FAULT = 'envoy.extensions.filters.http.fault.v3.HTTPFault';

/** Faults of the filter, and of the route. */
function with_(config: Json, ofRoute?: Json): HttpParts {
  const override =
    ofRoute === undefined ? {} : { typed_per_filter_config: { fault: { '@type': `x/${FAULT}`, ...ofRoute } } };
  return { routes: [route('a', { name: 'first', ...override })], filters: [extension('fault', FAULT, config)] };
}

const abort = (numerator: number, more: Json = {}, denominator = 'HUNDRED'): Json => ({
  abort: { http_status: 503, percentage: { numerator, denominator }, ...more },
});

describe('aborts', () => {
  it.each<[string, Json, TraceRequest, number | null]>([
    ['of all', abort(100), {}, 503],
    ['of none', abort(0), {}, null],
    ['without a percentage', { abort: { http_status: 503 } }, {}, null],
    ['below the share', abort(30), { random: 129 }, 503],
    ['at the share', abort(30), { random: 130 }, null],
    ['of ten thousand, below', abort(5, {}, 'TEN_THOUSAND'), { random: 10_004 }, 503],
    ['of ten thousand, at the share', abort(5, {}, 'TEN_THOUSAND'), { random: 5 }, null],
    ['of a million', abort(5, {}, 'MILLION'), { random: 1_000_004 }, 503],
    ['by gRPC status', { abort: { grpc_status: 14, percentage: { numerator: 100 } } }, { protocol: 'grpc' }, 200],
    [
      'for a header that came',
      { ...abort(100), headers: [{ name: 'x-a', present_match: true }] },
      { headers: { 'x-a': '1' } },
      503,
    ],
    ['for a header that did not', { ...abort(100), headers: [{ name: 'x-a', present_match: true }] }, {}, null],
    ['for the cluster', { ...abort(100), upstream_cluster: 'a' }, {}, 503],
    ['for another cluster', { ...abort(100), upstream_cluster: 'b' }, {}, null],
    [
      'for the client’s node',
      { ...abort(100), downstream_nodes: ['n'] },
      { headers: { 'x-envoy-downstream-service-node': 'n' } },
      503,
    ],
    ['for another node', { ...abort(100), downstream_nodes: ['n'] }, {}, null],
    ['in the form of API v2', { abort: { http_status: 503, percent: 100 } }, {}, 503],
  ])('%s', async (_, config, request, responseCode) => {
    const result = await throughHttp(with_(config), request);
    expect(result.responseCode).toBe(responseCode);
    if (responseCode !== null)
      expect(result).toMatchObject({
        reason: 'fault_abort',
        responseFlag: 'FI',
        responseCodeDetails: 'fault_filter_abort',
      });
  });

  const CONTROLLED = abort(50, { http_status: undefined, header_abort: {} });

  it.each<[string, Record<string, string>, number, number | null]>([
    ['a status', { 'x-envoy-fault-abort-request': '418' }, 0, 418],
    ['a status that is none', { 'x-envoy-fault-abort-request': '99' }, 0, null],
    ['a gRPC status', { 'x-envoy-fault-abort-grpc-request': '14' }, 0, 200],
    ['nothing', {}, 0, null],
    ['a status, above the filter’s share', { 'x-envoy-fault-abort-request': '418' }, 50, null],
    [
      'a lower share',
      { 'x-envoy-fault-abort-request': '418', 'x-envoy-fault-abort-request-percentage': '10' },
      10,
      null,
    ],
    [
      'a higher share, which the filter’s limits',
      { 'x-envoy-fault-abort-request': '418', 'x-envoy-fault-abort-request-percentage': '90' },
      49,
      418,
    ],
  ])('that headers control: %s', async (_, headers, random, responseCode) => {
    expect((await throughHttp(with_(CONTROLLED), { headers, random })).responseCode).toBe(responseCode);
  });

  it('of the route take the place of the filter’s, and are told with it', async () => {
    const result = await throughHttp(with_(abort(100), abort(100, { http_status: 418 })));
    expect(result.responseCode).toBe(418);
    expect(result.sentence).toContain('set at route first');
  });

  it('have a share of the branches', async () => {
    const result = await throughHttp(with_(abort(30)));
    expect(result.weightedClusters.map(({ share, reason }) => [share, reason])).toEqual([
      [0.7, null],
      [0.3, 'fault_abort'],
    ]);
  });
});

describe('delays', () => {
  it.each<[string, Json, TraceRequest, string]>([
    [
      'fixed',
      { delay: { fixed_delay: '2s', percentage: { numerator: 25 } } },
      {},
      'fault: delays 25% of such requests by 2s',
    ],
    [
      'that a header asks for',
      { delay: { header_delay: {}, percentage: { numerator: 100 } } },
      { headers: { 'x-envoy-fault-delay-request': '500' } },
      'fault: delays 100% of such requests by 0.5s, as a header asks',
    ],
    [
      'that no header asks for',
      { delay: { header_delay: {}, percentage: { numerator: 100 } } },
      {},
      'fault: nothing is injected',
    ],
  ])('%s', async (_, config, request, line) => {
    const result = await throughHttp(with_(config), request);
    expect(result.outcome).toBe('forwarded');
    expect(stepOf(result, 'http-filters')?.details).toContain(line);
  });
});
