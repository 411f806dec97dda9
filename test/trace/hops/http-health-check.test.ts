import { describe, expect, it } from 'vitest';
import type { TraceRequest } from '../../../src/trace/request.js';
import type { Json } from '../../support/minimal-proxy.js';
import { http, ROUTES } from './http-filter-parts.js';
import { throughHttp } from './through-http.js';

describe('health checks', () => {
  const BY_PATH = { headers: [{ name: ':path', string_match: { exact: '/healthz' } }] };
  const BY_CLUSTER = { cluster_min_healthy_percentages: { a: { value: 50 } } };

  it.each<[string, Json, TraceRequest, string, string]>([
    [
      'are answered, whatever the route',
      BY_PATH,
      { path: '/healthz' },
      'responded',
      'Envoy answers the request itself: health_check answers health checks itself: 200, or 503 where this Envoy fails its health checks.',
    ],
    [
      'are answered by the health of clusters',
      { ...BY_PATH, ...BY_CLUSTER },
      { path: '/healthz' },
      'responded',
      'fails its health checks or cluster a has too few healthy endpoints.',
    ],
    [
      'are passed through',
      { ...BY_PATH, pass_through_mode: true },
      { path: '/healthz' },
      'forwarded',
      'Forwarded to cluster a',
    ],
    ['are not other requests', BY_PATH, {}, 'forwarded', 'Forwarded to cluster a'],
  ])('%s', async (_, config, request, outcome, said) => {
    const result = await throughHttp(
      { routes: ROUTES, filters: [http('health_check', { pass_through_mode: false, ...config })] },
      request,
    );
    expect(result).toMatchObject({ outcome, responseCode: null, responseCodeDetails: null });
    expect(result.sentence).toContain(said);
    expect(result.missing.length).toBe(outcome === 'responded' ? 1 : 0);
    expect(result.cluster).toBe(outcome === 'responded' ? null : 'a');
  });
});
