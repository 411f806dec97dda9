import { describe, expect, it } from 'vitest';
import type { ProxyConfig } from '../../src/model/proxy.js';
import { namesProxy, ProxyNotFound, selectProxy, selectWorkload } from '../../src/model/select.js';
import { minimalProxy } from '../support/minimal-proxy.js';

const PODS: [pod: string, app: string][] = [
  ['reviews-v1-545db77b95-2ph8x.default', 'reviews'],
  ['reviews-v1-545db77b95-sr4b9.default', 'reviews'],
  ['reviews-v2-84c768f56-9hxq4.default', 'reviews'],
  ['db.default', 'db'],
  ['db-0.default', 'db'],
  ['web-5f6d7c8b9d-abcde.shop', 'web'],
  ['web-5f6d7c8b9d-abcde.edge', 'web'],
];

async function proxyOf(name: string, app: string): Promise<ProxyConfig> {
  const node = { id: `sidecar~10.0.0.1~${name}~default.svc.cluster.local`, metadata: { LABELS: { app } } };
  return minimalProxy({ node });
}

const proxies = await Promise.all(PODS.map(([name, app]) => proxyOf(name, app)));
const allNames = PODS.map(([name]) => name);

/** The name of the proxy chosen, or the choices that are left. */
function chosen(choose: () => ProxyConfig): string | readonly string[] {
  try {
    return choose().name;
  } catch (error) {
    if (!(error instanceof ProxyNotFound)) throw error;
    return error.choices;
  }
}

describe('selectProxy', () => {
  it.each<[query: string, expected: string | readonly string[]]>([
    ['reviews-v2-84c768f56-9hxq4.default', 'reviews-v2-84c768f56-9hxq4.default'],
    ['reviews-v2', 'reviews-v2-84c768f56-9hxq4.default'],
    ['reviews-v2.default', 'reviews-v2-84c768f56-9hxq4.default'],
    ['reviews-v1', allNames.slice(0, 2)],
    ['reviews', allNames.slice(0, 3)],
    ['db', 'db.default'],
    ['db.default', 'db.default'],
    ['db-', 'db-0.default'],
    ['web.shop', 'web-5f6d7c8b9d-abcde.shop'],
    ['web-5f6d7c8b9d-abcde', allNames.slice(5)],
    ['deploy/reviews-v1.default', 'reviews-v1-545db77b95-2ph8x.default'],
    ['deployment/reviews-v2', 'reviews-v2-84c768f56-9hxq4.default'],
    ['deploy/web.edge', 'web-5f6d7c8b9d-abcde.edge'],
    ['deploy/reviews', allNames],
    ['pod/reviews-v2-84c768f56-9hxq4.default', 'reviews-v2-84c768f56-9hxq4.default'],
    ['svc/web.edge', 'web-5f6d7c8b9d-abcde.edge'],
    ['svc/reviews', allNames.slice(0, 3)],
    ['service/nobody', allNames],
    ['nobody', allNames],
    ['reviews-v2.shop', allNames],
  ])('%s', (query, expected) => {
    expect(chosen(() => selectProxy(proxies, query))).toEqual(expected);
  });

  it('needs no name where there is one proxy', () => {
    expect(chosen(() => selectProxy(proxies.slice(0, 1), null))).toBe(allNames[0]);
    expect(chosen(() => selectProxy(proxies, null))).toEqual(allNames);
  });

  it.each([
    [null, 'no proxy was named'],
    ['reviews', 'reviews fits several proxies'],
    ['nobody', 'no proxy is called nobody'],
  ])('says of %s: %s', (query, message) => {
    expect(() => selectProxy(proxies, query)).toThrow(message);
  });
});

describe('selectWorkload', () => {
  it.each<[query: string, expected: string | readonly string[]]>([
    ['reviews-v1', 'reviews-v1-545db77b95-2ph8x.default'],
    ['reviews-v1.default', 'reviews-v1-545db77b95-2ph8x.default'],
    ['reviews', allNames.slice(0, 3)],
    ['web.edge', 'web-5f6d7c8b9d-abcde.edge'],
    ['web', allNames.slice(5)],
    ['reviews-v2-84c768f56-9hxq4.default', 'reviews-v2-84c768f56-9hxq4.default'],
    ['svc/web.edge', 'web-5f6d7c8b9d-abcde.edge'],
    ['service/web', allNames.slice(5)],
    ['deploy/reviews-v1', 'reviews-v1-545db77b95-2ph8x.default'],
    ['pod/reviews-v2-84c768f56-9hxq4', 'reviews-v2-84c768f56-9hxq4.default'],
    ['nobody', allNames],
  ])('%s', (query, expected) => {
    expect(chosen(() => selectWorkload(proxies, query))).toEqual(expected);
  });
});

describe('namesProxy', () => {
  it.each([
    ['web-1.shop', 'web-1.shop', true],
    ['web-1.shop', 'web', true],
    ['web-1.shop', 'web.shop', true],
    ['web-1.shop', 'web.edge', false],
    ['web-1.shop', 'eb-1', false],
    ['standalone', 'stand', true],
    ['standalone', 'standalone.', false],
  ])('%s, called %s: %s', (name, query, expected) => {
    expect(namesProxy(name, query)).toBe(expected);
  });
});
