import { describe, expect, it } from 'vitest';
import type { TraceRequest } from '../../../src/trace/request.js';
import { extension, route, virtualHost } from '../../support/messages.js';
import type { Json } from '../../support/minimal-proxy.js';
import { type HttpParts, stepOf, throughHttp } from './through-http.js';

/** Virtual hosts of these domains, each named by its first one. */
function hosts(domains: readonly string[][], table: Json = {}): HttpParts {
  return {
    table: {
      virtual_hosts: domains.map(list => virtualHost([route('a')], { name: list[0], domains: list })),
      ...table,
    },
  };
}

describe('the virtual host of an authority', () => {
  const NESTED = [['a.example.com'], ['*.example.com'], ['*.com', 'x'], ['a.*'], ['*']];

  it.each<[string, string[][], Json, TraceRequest, string | null]>([
    ['exact', NESTED, {}, { host: 'a.example.com' }, 'a.example.com'],
    ['in another case', NESTED, {}, { host: 'A.Example.COM' }, 'a.example.com'],
    ['the longest suffix', NESTED, {}, { host: 'b.example.com' }, '*.example.com'],
    ['a shorter suffix', NESTED, {}, { host: 'b.com' }, '*.com'],
    ['a suffix before a prefix', NESTED, {}, { host: 'a.com' }, '*.com'],
    ['a prefix', NESTED, {}, { host: 'a.org' }, 'a.*'],
    ['any', NESTED, {}, { host: 'b.org' }, '*'],
    ['a wildcard stands for something', NESTED, {}, { host: '.example.com' }, '*.com'],
    ['none', [['a.example']], {}, { host: 'b.example' }, null],
    ['with its port', [['a.example:8080'], ['a.example']], {}, { host: 'a.example:8080' }, 'a.example:8080'],
    ['not without its port', [['a.example']], {}, { host: 'a.example:8080' }, null],
    [
      'without its port where that is ignored',
      [['a.example']],
      { ignore_port_in_host_matching: true },
      { host: 'a.example:8080' },
      'a.example',
    ],
    [
      'by another header',
      [['a.example'], ['b.example']],
      { vhost_header: 'X-Host' },
      { headers: { 'x-host': 'b.example' } },
      'b.example',
    ],
    [
      'by the first value of another header',
      [['a.example'], ['b.example']],
      { vhost_header: 'X-Host' },
      { headers: { 'x-host': ['b.example', 'a.example'] } },
      'b.example',
    ],
    ['none where that header is absent, * or not', [['a.example'], ['*']], { vhost_header: 'X-Host' }, {}, null],
    [
      'none where that header is absent, whatever VHDS brings',
      [['a.example'], ['*']],
      { vhost_header: 'X-Host', vhds: {} },
      {},
      null,
    ],
    [
      'any where that header is empty',
      [['a.example'], ['*']],
      { vhost_header: 'X-Host' },
      { headers: { 'x-host': '' } },
      '*',
    ],
    ['any where there is no other, whatever header is absent', [['*']], { vhost_header: 'X-Host' }, {}, '*'],
  ])('%s', async (_, domains, table, request, name) => {
    const result = await throughHttp(hosts(domains, table), request);
    expect(result.virtualHost).toBe(name);
    expect(result.reason).toBe(name === null ? 'no_virtual_host' : null);
  });

  it('tells why the others lose, the nearest first', async () => {
    const result = await throughHttp(hosts([['b.example:80'], ['other.org'], ['*']]), { host: 'b.example' });
    const [first] = stepOf(result, 'virtual-host')?.candidates ?? [];
    expect(first).toMatchObject({ name: 'b.example:80', criterion: 'domains' });
  });

  it('is unknown where more may come by VHDS', async () => {
    expect(await throughHttp(hosts([['b.example']], { vhds: {} }))).toMatchObject({ outcome: 'undetermined' });
  });

  it('never hands on to another one', async () => {
    const only = virtualHost([{ match: { path: '/x' }, route: { cluster: 'a' } }], {
      name: 'only',
      domains: ['a.example'],
    });
    const result = await throughHttp({ table: { virtual_hosts: [only, virtualHost([route('a')])] } });
    expect(result).toMatchObject({ virtualHost: 'only', reason: 'no_route' });
  });
});

describe('require_tls', () => {
  const all = (require_tls: string): HttpParts => ({ routes: [route('a')], host: { require_tls } });
  const inside: TraceRequest = { from: { ip: '10.0.0.7' } };
  const mesh = {
    use_remote_address: true,
    internal_address_config: { cidr_ranges: [{ address_prefix: '10.0.0.0', prefix_len: 8 }] },
  };

  it.each<[string, HttpParts, TraceRequest, string | null]>([
    ['NONE', all('NONE'), {}, null],
    ['ALL', all('ALL'), { path: '/p?q' }, 'https://a.example/p?q'],
    ['ALL keeps the port', all('ALL'), { host: 'a.example:80' }, 'https://a.example:80/'],
    ['ALL, from an inner proxy that took TLS', all('ALL'), { headers: { 'x-forwarded-proto': 'https' } }, null],
    [
      'ALL, at an edge that trusts nobody',
      { ...all('ALL'), manager: { use_remote_address: true } },
      { headers: { 'x-forwarded-proto': 'https' } },
      'https://a.example/',
    ],
    [
      'ALL, where the scheme is overwritten',
      { ...all('ALL'), manager: { scheme_header_transformation: { scheme_to_overwrite: 'https' } } },
      {},
      null,
    ],
    ['ALL, inside', { ...all('ALL'), manager: mesh }, inside, 'https://a.example/'],
    ['EXTERNAL_ONLY, from outside', all('EXTERNAL_ONLY'), {}, 'https://a.example/'],
    ['EXTERNAL_ONLY, from inside', { ...all('EXTERNAL_ONLY'), manager: mesh }, inside, null],
    [
      'EXTERNAL_ONLY, from outside, which says that it is inside',
      { ...all('EXTERNAL_ONLY'), manager: mesh },
      { from: { ip: '203.0.113.9' }, headers: { 'x-envoy-internal': 'true' } },
      'https://a.example/',
    ],
  ])('%s', async (_, parts, request, url) => {
    const result = await throughHttp(parts, request);
    expect(result.redirect).toEqual(url === null ? null : { url, code: 301 });
    expect(result.reason).toBe(url === null ? null : 'tls_required');
  });

  it('answers after the HTTP filters', async () => {
    const deny = extension('rbac', 'envoy.extensions.filters.http.rbac.v3.RBAC', { rules: { action: 'ALLOW' } });
    expect((await throughHttp({ ...all('ALL'), filters: [deny] })).reason).toBe('rbac_denied');
  });
});
