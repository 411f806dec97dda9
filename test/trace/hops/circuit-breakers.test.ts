import { describe, expect, it } from 'vitest';
import type { TraceRequest } from '../../../src/trace/request.js';
import { chain, listener, staticCluster, tcp, virtualOutbound } from '../../support/messages.js';
import type { Json, MinimalParts } from '../../support/minimal-proxy.js';
import { reach } from './endpoints-parts.js';

describe('circuit breakers', () => {
  const limited = (limits: Json, more: Json = {}) => ({
    clusters: [staticCluster('c', ['1.1.1.1:1'], { circuit_breakers: { thresholds: [{ ...limits, ...more }] } })],
  });
  const overTcp: MinimalParts = { listeners: [virtualOutbound(), listener(80, [chain([tcp('c')])])] };

  it.each<[string, MinimalParts, TraceRequest, string | null, string | null]>([
    ['no request may wait', limited({ max_pending_requests: 0 }), {}, 'overflow', 'UO'],
    ['no request may be under way', limited({ max_requests: 0 }), {}, 'overflow', 'UO'],
    ['a first connection is always made', limited({ max_connections: 0 }), {}, null, null],
    ['but not over TCP', { ...limited({ max_connections: 0 }), ...overTcp }, { protocol: 'tcp' }, 'overflow', 'UO'],
    [
      'requests do not count over TCP',
      { ...limited({ max_requests: 0 }), ...overTcp },
      { protocol: 'tcp' },
      null,
      null,
    ],
    ['a limit of one', limited({ max_pending_requests: 1, max_requests: 1 }), {}, null, null],
    ['another priority’s limit', limited({ max_requests: 0 }, { priority: 'HIGH' }), {}, null, null],
  ])('%s', async (_, parts, request, reason, flag) => {
    const result = await reach(parts, request);
    expect([result.reason, result.responseFlag]).toEqual([reason, flag]);
  });
});
