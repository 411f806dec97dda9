import { describe, expect, it } from 'vitest';
import type { TraceRequest } from '../../src/trace/request.js';
import { route } from '../support/messages.js';
import type { Json } from '../support/minimal-proxy.js';
import { type HttpParts, stepOf, throughHttp } from './hops/through-http.js';

describe('weighted clusters', () => {
  const weighted = (more: Json = {}, action: Json = {}): HttpParts => ({
    routes: [
      route({
        route: {
          weighted_clusters: {
            clusters: [
              { name: 'a', weight: 40 },
              { name: 'b', weight: 40 },
            ],
            ...more,
          },
          ...action,
        },
      }),
    ],
  });

  it.each<[string, Json, TraceRequest, string]>([
    ['by random', {}, { random: 60 }, 'b'],
    ['by a header in its place', { header_name: 'x-random' }, { random: 60, headers: { 'x-random': '10' } }, 'a'],
    [
      'by random where the header is no number',
      { header_name: 'x-random' },
      { random: 60, headers: { 'x-random': 'x' } },
      'b',
    ],
    ['by random where the header is absent', { header_name: 'x-random' }, { random: 60 }, 'b'],
    [
      'by random where the header came twice',
      { header_name: 'x-random' },
      { random: 60, headers: { 'x-random': ['10', '11'] } },
      'b',
    ],
  ])('%s', async (_, more, request, cluster) => {
    expect((await throughHttp(weighted(more), request)).cluster).toBe(cluster);
  });

  it.each<[string, Json, Json, string]>([
    [
      'as static layers set them',
      { runtime_key_prefix: 'w' },
      { 'w.a': 0, 'w.b': 100 },
      'weight 100 of 100; random 0 picks it',
    ],
    ['as text', { runtime_key_prefix: 'w' }, { w: { a: '0', b: ' 7 ' } }, 'weight 7 of 7; random 0 picks it'],
    [
      'as configured where the value is no integer',
      { runtime_key_prefix: 'w' },
      { 'w.a': 0, 'w.b': 0.5 },
      'weight 40 of 40; random 0 picks it',
    ],
  ])('with weights by runtime keys, %s', async (_, more, static_layer, why) => {
    const proxy = { bootstrap: { layered_runtime: { layers: [{ static_layer }] } } };
    const result = await throughHttp({ ...weighted(more), proxy }, { random: 0 });
    expect(result.cluster).toBe('b');
    expect(stepOf(result, 'action')?.why).toBe(why);
  });

  it('keeps the configured weights without a prefix for runtime keys', async () => {
    const proxy = { bootstrap: { layered_runtime: { layers: [{ static_layer: { 'w.a': 0, '.a': 0 } }] } } };
    expect((await throughHttp({ ...weighted(), proxy }, { random: 0 })).cluster).toBe('a');
  });

  it('does not branch where a header picks', async () => {
    const result = await throughHttp(weighted({ header_name: 'x-random' }), { headers: { 'x-random': '10' } });
    expect(stepOf(result, 'action')?.why).toBe('weight 40 of 80; header x-random (10) picks it');
    expect(result.outcome).toBe('forwarded');
  });

  it('assumes that a hash picks, where there is something to hash', async () => {
    const parts = weighted({ use_hash_policy: true }, { hash_policy: [{ header: { header_name: 'x-user' } }] });
    const hashed = await throughHttp(parts, { headers: { 'x-user': 'jason' } });
    expect(hashed.assumptions.join()).toContain('hash policy, not chance');
    expect((await throughHttp(parts)).assumptions.join()).not.toContain('hash policy');
  });

  const byHeader: HttpParts = {
    routes: [
      route({
        route: {
          weighted_clusters: {
            clusters: [
              { cluster_header: 'x-to', weight: 30 },
              { name: 'a', weight: 70 },
            ],
          },
        },
      }),
    ],
  };

  it.each<[string, TraceRequest, string | null, string | null]>([
    ['the header names it', { random: 0, headers: { 'x-to': 'b' } }, 'b', null],
    ['the header is absent', { random: 0 }, null, 'no_cluster'],
    ['the other one', { random: 45 }, 'a', null],
  ])('named by a header: %s', async (_, request, cluster, reason) => {
    expect(await throughHttp(byHeader, request)).toMatchObject({ cluster, reason });
  });
});
