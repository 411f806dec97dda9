import { describe, expect, it } from 'vitest';
import type { TraceRequest } from '../../src/trace/request.js';
import { extension, route } from '../support/messages.js';
import type { Json } from '../support/minimal-proxy.js';
import { throughHttp } from './hops/through-http.js';

const ROUTES = [route('a')];
const EDGE = { use_remote_address: true };

describe('the client’s address', () => {
  const from = { ip: '192.0.2.7' };
  const told = (value: string): TraceRequest => ({ from, headers: { 'x-forwarded-for': value } });
  const extensions = (...list: Json[]): Json => ({ original_ip_detection_extensions: list });
  const XFF = 'envoy.extensions.http.original_ip_detection.xff.v3.XffConfig';
  const CUSTOM = 'envoy.extensions.http.original_ip_detection.custom_header.v3.CustomHeaderConfig';
  const ranges = (recurse: boolean): Json =>
    extensions(
      extension('xff', XFF, {
        xff_trusted_cidrs: {
          cidrs: ['192.0.2.0', '198.51.100.0'].map(address_prefix => ({ address_prefix, prefix_len: 24 })),
          recurse,
        },
      }),
    );
  const custom = extension('custom', CUSTOM, { header_name: 'X-Client' });

  it.each<[string, Json, TraceRequest, string]>([
    ['the connection’s, at the edge', EDGE, told('203.0.113.1'), '192.0.2.7'],
    ['with a trusted proxy', { ...EDGE, xff_num_trusted_hops: 1 }, told('203.0.113.1, 203.0.113.2'), '203.0.113.2'],
    ['with two', { ...EDGE, xff_num_trusted_hops: 2 }, told('203.0.113.1, 203.0.113.2'), '203.0.113.1'],
    ['with more than stand there', { ...EDGE, xff_num_trusted_hops: 3 }, told('203.0.113.1'), '192.0.2.7'],
    ['the last one, inside', {}, told('203.0.113.1, 203.0.113.2'), '203.0.113.2'],
    [
      'the one before, with a trusted proxy',
      { xff_num_trusted_hops: 1 },
      told('203.0.113.1, 203.0.113.2'),
      '203.0.113.1',
    ],
    ['the connection’s, where the last one is none', {}, told('203.0.113.1, unknown'), '192.0.2.7'],
    ['the connection’s, where none came', {}, { from }, '192.0.2.7'],
    [
      'by extension, as many hops',
      extensions(extension('xff', XFF, { xff_num_trusted_hops: 1 })),
      told('203.0.113.1, 203.0.113.2'),
      '203.0.113.1',
    ],
    ['by trusted ranges', ranges(false), told('203.0.113.1, 198.51.100.2'), '198.51.100.2'],
    ['by trusted ranges, recursing', ranges(true), told('203.0.113.1, 198.51.100.2'), '203.0.113.1'],
    ['by trusted ranges, all of them', ranges(true), told('198.51.100.1, 198.51.100.2'), '198.51.100.1'],
    [
      'by trusted ranges, from elsewhere',
      ranges(true),
      { ...told('198.51.100.2'), from: { ip: '203.0.113.9' } },
      '203.0.113.9',
    ],
    ['by a header of its own', extensions(custom), { from, headers: { 'x-client': '203.0.113.5' } }, '203.0.113.5'],
    ['by the next extension', extensions(custom, extension('xff', XFF)), told('203.0.113.1'), '203.0.113.1'],
  ])('is %s', async (_, manager, request, address) => {
    const only = {
      permissions: [{ any: true }],
      principals: [{ remote_ip: { address_prefix: address, prefix_len: 32 } }],
    };
    const filters = [
      extension('rbac', 'envoy.extensions.filters.http.rbac.v3.RBAC', { rules: { policies: { only } } }),
    ];
    expect((await throughHttp({ routes: ROUTES, manager, filters }, request)).outcome).toBe('forwarded');
  });

  it.each<[string, Json, TraceRequest, string, string | undefined]>([
    ['appended at the edge', EDGE, told('203.0.113.1'), 'x-forwarded-for', '203.0.113.1,192.0.2.7'],
    [
      'not appended where that is skipped',
      { ...EDGE, skip_xff_append: true },
      told('203.0.113.1'),
      'x-forwarded-for',
      '203.0.113.1',
    ],
    ['not appended inside', {}, told('203.0.113.1'), 'x-forwarded-for', '203.0.113.1'],
    ['told as that of an outside client', EDGE, { from }, 'x-envoy-external-address', '192.0.2.7'],
    [
      'shown as internal',
      { ...EDGE, internal_address_config: { cidr_ranges: [{ address_prefix: '192.0.2.0', prefix_len: 24 }] } },
      { from },
      'x-envoy-internal',
      'true',
    ],
    ['beside the port', { append_x_forwarded_port: true }, { from }, 'x-forwarded-port', '80'],
    ['beside the scheme', {}, { from }, 'x-forwarded-proto', 'http'],
    [
      'beside a scheme that is overwritten',
      { scheme_header_transformation: { scheme_to_overwrite: 'https' } },
      { from },
      'x-forwarded-proto',
      'https',
    ],
    [
      'beside the scheme that an inner proxy tells',
      {},
      { headers: { 'x-forwarded-proto': 'https' } },
      ':scheme',
      'https',
    ],
  ])('is %s', async (_, manager, request, header, value) => {
    const matching = {
      match: { prefix: '/', headers: [{ name: header, string_match: { exact: value } }] },
      route: { cluster: 'b' },
    };
    expect((await throughHttp({ routes: [matching, ...ROUTES], manager }, request)).cluster).toBe('b');
  });
});
