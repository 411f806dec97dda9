import { describe, expect, it } from 'vitest';
import type { TraceRequest } from '../../src/trace/request.js';
import type { Json } from '../support/minimal-proxy.js';
import { to } from './hops/route-action-parts.js';
import { type HttpParts, throughHttp } from './hops/through-http.js';

describe('mirrors', () => {
  const mirror = (cluster: string, more: Json = {}): Json => ({ request_mirror_policies: [{ cluster, ...more }] });
  const half = { runtime_fraction: { default_value: { numerator: 50 } } };

  it.each<[string, HttpParts, TraceRequest, [string, number][]]>([
    ['of the route', { ...to(mirror('m', half)), host: mirror('h') }, {}, [['m', 0.5]]],
    ['of the virtual host', { ...to({}), host: mirror('h'), table: mirror('t') }, {}, [['h', 1]]],
    ['of the table', { ...to({}), table: mirror('t') }, {}, [['t', 1]]],
    ['of v2', to({ request_mirror_policy: { cluster: 'm' } }), {}, [['m', 1]]],
    [
      'by header',
      to({ request_mirror_policies: [{ cluster_header: 'x-m' }] }),
      { headers: { 'x-m': 'm' } },
      [['m', 1]],
    ],
    ['by a header that is absent', to({ request_mirror_policies: [{ cluster_header: 'x-m' }] }), {}, []],
  ])('%s', async (_, parts, request, expected) => {
    const { mirrors } = await throughHttp(parts, request);
    expect(mirrors.map(({ cluster, share }) => [cluster, share])).toEqual(expected);
  });
});
