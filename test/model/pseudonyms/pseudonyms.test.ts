import { describe, expect, it } from 'vitest';
import { collectNames, pseudonymousDocument } from '../../../src/model/pseudonyms/documents.js';
import { NameCollector } from '../../../src/model/pseudonyms/names.js';
import { pseudonymise } from '../../../src/model/pseudonyms/pseudonymise.js';
import { Pseudonyms } from '../../../src/model/pseudonyms/pseudonyms.js';

function pseudonymsOf(...values: unknown[]): Pseudonyms {
  const names = new NameCollector();
  for (const value of values) names.add(value);
  return new Pseudonyms('a key', names.names());
}

const P = pseudonymsOf(
  { node: { id: 'sidecar~10.244.1.11~productpage-v1-6d8bc58dd7-hjw6r.shop~shop.svc.cluster.local' } },
  { name: 'outbound|8888|canary|reviews.shop.svc.cluster.local' },
  { domains: ['*.acme-store.com', 'reviews.shop', 'api.acme-store.com', 'team-*'] },
  { headers: [{ name: 'x-acme-tenant', string_match: { exact: 'GOLD' } }] },
  { match: { prefix: '/product', safe_regex: { regex: '/rev.*|[a-z]+page' } } },
);
const shop = P.text('shop');
const reviews = P.text('reviews');
const acme = P.text('acme');

describe('pseudonyms', () => {
  it('are the same wherever the name stands', () => {
    expect(P.text('outbound|8888|canary|reviews.shop.svc.cluster.local')).toBe(
      `outbound|8888|${P.text('canary')}|${reviews}.${shop}.svc.cluster.local`,
    );
    expect(P.text('outbound_.8888_._.reviews.shop.svc.cluster.local')).toBe(
      `outbound_.8888_._.${reviews}.${shop}.svc.cluster.local`,
    );
    expect(P.text('spiffe://cluster.local/ns/shop/sa/reviews')).toBe(`spiffe://cluster.local/ns/${shop}/sa/${reviews}`);
    expect(P.text('/reviews/0?from=shop')).toBe(`/${reviews}/0?from=${shop}`);
    expect(P.text('ns[shop]-policy[reviews]-rule[0]')).toBe(`ns[${shop}]-policy[${reviews}]-rule[0]`);
  });

  it('keep the endings of hosts, also under a wildcard', () => {
    const suffix = P.text('*.acme-store.com').slice(1);
    expect(P.text('api.acme-store.com').endsWith(suffix)).toBe(true);
  });

  it('keep beginnings that patterns match, of names and of other words', () => {
    expect(P.text('/productpage').startsWith(P.text('/product'))).toBe(true);
    expect(P.text('/products').startsWith(P.text('/product'))).toBe(true);
    expect(new RegExp(P.pattern('^/rev.*')).test(P.text('/reviews'))).toBe(true);
    expect(P.text('/prod')).toBe('/prod');
  });

  it('keep endings that patterns match', () => {
    expect(new RegExp(`^/${P.pattern('[a-z]+page')}$`).test(P.text('/productpage'))).toBe(true);
  });

  it.each([
    ['\\d+\\.reviews\\.shop\\b', `\\d+\\.${reviews}\\.${shop}\\b`],
    ['(?i)[reviews]{2,3}reviews', `(?i)[reviews]{2,3}${reviews}`],
    ['10\\.244\\.1\\.11', P.text('10.244.1.11').replaceAll('.', '\\.')],
  ])('leave the syntax of the regular expression %s', (pattern, expected) => {
    expect(P.pattern(pattern)).toBe(expected);
  });

  it('keep the case, letter by letter', () => {
    expect(P.text('REVIEWS')).toBe(reviews.toUpperCase());
    expect(P.text('Reviews.Shop').toLowerCase()).toBe(`${reviews}.${shop}`);
    expect(P.text('reVIEWS')).not.toBe(P.text('Reviews'));
    expect(P.text('ShopService')).toBe(`${P.text('Shop')}Service`);
  });

  it('replace addresses in every form', () => {
    const ip = P.text('10.244.1.11');
    expect(P.text('sidecar~10.244.1.11~a')).toBe(`sidecar~${ip}~a`);
    expect(P.text('10.244.1.11_8888')).toBe(`${ip}_8888`);
    expect(P.text('10.244.1.11:80,10.244.1.11')).toBe(`${ip}:80,${ip}`);
    expect(P.text('ip-10-244-1-11.node')).toBe(`ip-${ip.replaceAll('.', '-')}.node`);
    expect(P.text('[fd00::7]:80')).toMatch(/^\[f[cd][^\]]*\]:80$/);
    expect(P.text('10.244.0.0/16')).toMatch(/^10\.\d+\.0\.0\/16$/);
    expect(P.text('version 1.30.3, at 12:34:56')).toBe('version 1.30.3, at 12:34:56');
  });

  it('leave what everybody calls so', () => {
    for (const text of [
      'BlackHoleCluster',
      'InboundPassthroughCluster',
      'virtualOutbound',
      '0.0.0.0',
      'istio-http/1.1',
      'envoy.filters.http.shop',
      'type.googleapis.com/shop.reviews.Config',
      'outbound|443||istiod.istio-system.svc.cluster.local',
    ])
      expect(pseudonymise({ name: text }, P)).toEqual({ name: text });
  });
});

describe('a message', () => {
  it.each<[string, unknown, unknown]>([
    [
      'keeps its types and enumerations',
      { '@type': 'x.shop', type: 'STATIC', lb_policy: 'SHOP' },
      { '@type': 'x.shop', type: 'STATIC', lb_policy: 'SHOP' },
    ],
    ['keeps its fields, though a name is called so', { shop: { reviews: 1 } }, { shop: { reviews: 1 } }],
    ['has the keys of its maps replaced', { policies: { reviews: {} } }, { policies: { [reviews]: {} } }],
    [
      'has the keys of its metadata replaced',
      { filter_metadata: { 'envoy.lb': { shop: 'reviews' } } },
      { filter_metadata: { 'envoy.lb': { [shop]: reviews } } },
    ],
    ['has keys replaced that are no fields', { 'reviews.shop': 1 }, { [`${reviews}.${shop}`]: 1 }],
    [
      'has ranges replaced as ranges',
      { address_prefix: '10.96.0.0', prefix_len: 12 },
      { address_prefix: P.text('10.96.0.0/12').split('/')[0], prefix_len: 12 },
    ],
    [
      'has an address in bytes replaced',
      { bytes_value: Buffer.from([10, 244, 1, 11]).toString('base64') },
      { bytes_value: Buffer.from(P.text('10.244.1.11').split('.').map(Number)).toString('base64') },
    ],
    [
      'has text in bytes replaced',
      { inline_bytes: Buffer.from('hello reviews, here is text').toString('base64') },
      { inline_bytes: Buffer.from(`hello ${reviews}, here is text`).toString('base64') },
    ],
    [
      'loses bytes that hold a name among others',
      { proto_descriptor_bytes: Buffer.from('\n\u0005acme.reviews\u0012\u0000').toString('base64') },
      { proto_descriptor_bytes: Buffer.from('REDACTED').toString('base64') },
    ],
  ])('%s', (_, before, after) => {
    expect(pseudonymise(before, P)).toEqual(after);
  });
});

describe('a request', () => {
  it('has its names replaced as the dump has', () => {
    const request = {
      proxy: 'productpage-v1-6d8bc58dd7-hjw6r.shop',
      to: 'http://reviews.shop:8888/product/1',
      method: 'GET',
      headers: { 'x-acme-tenant': 'GOLD', accept: '*/*' },
      from: { principal: 'spiffe://cluster.local/ns/shop/sa/reviews', ip: '10.244.1.11' },
    };
    expect(pseudonymise(request, P)).toEqual({
      proxy: P.text(request.proxy),
      to: `http://${reviews}.${shop}:8888/${P.text('product')}/1`,
      method: 'GET',
      headers: { [`x-${acme}-${P.text('tenant')}`]: P.text('GOLD'), accept: '*/*' },
      from: { principal: `spiffe://cluster.local/ns/${shop}/sa/${reviews}`, ip: P.text('10.244.1.11') },
    });
    expect(P.text('GOLD')).toBe(P.text('gold').toUpperCase());
  });
});

describe('a table of istioctl proxy-status', () => {
  const table = [
    'NAME                 CLUSTER        CDS             ISTIOD         VERSION',
    'web-1.shop           Kubernetes     SYNCED (1s)                    1.30.3',
    'longer-name.shop     Acme           NOT SENT        istiod-9x      1.30.3',
    '',
  ].join('\n');

  it('keeps its columns, also under an empty cell', () => {
    const names = new NameCollector();
    collectNames(Buffer.from(table), names);
    const pseudonyms = new Pseudonyms('a key', names.names());
    const lines = pseudonymousDocument(Buffer.from(table), pseudonyms).toString().split('\n');
    const [header = '', first = '', second = ''] = lines;
    const at = (column: string) => header.indexOf(column);
    expect(first.startsWith(`${pseudonyms.text('web-1.shop')} `)).toBe(true);
    expect(first.slice(at('CDS'), at('ISTIOD')).trim()).toBe('SYNCED (1s)');
    expect(first.slice(at('ISTIOD'), at('VERSION')).trim()).toBe('');
    expect(first.slice(at('VERSION'))).toBe('1.30.3');
    expect(second.slice(at('CLUSTER'), at('CDS')).trim()).toBe(pseudonyms.text('Acme'));
    expect(second).not.toMatch(/acme|longer|shop/i);
  });
});
