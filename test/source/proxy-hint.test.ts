import { describe, expect, it } from 'vitest';
import { proxyHint } from '../../src/source/proxy-hint.js';

describe('the proxy that a layout tells', () => {
  it.each([
    ['bug-report.tar.gz!/bug-report/proxies/default/reviews-v1-1/config_dump?include_eds', 'reviews-v1-1.default'],
    ['proxies/default/reviews-v1-1/clusters', 'reviews-v1-1.default'],
    ['bug-report.zip!/proxies/default/reviews-v1-1/clusters', 'reviews-v1-1.default'],
    ['must-gather/istio/namespaces/shop/pods/cart-7/config_dump_proxy.json', 'cart-7.shop'],
    ['must-gather/namespaces/shop/pods/cart-7/config_dump_istiod.json', 'cart-7.shop'],
    ['bug-report/istio/istio-system/istiod-1/debug/syncz', undefined],
    ['proxies/default/config_dump.json', undefined],
    ['proxies/Default/pod name/config_dump', undefined],
    ['my-proxies/default/pod/config_dump', undefined],
    ['reviews-v1.default/config_dump.json', undefined],
  ])('%s: %s', (name, hint) => {
    expect(proxyHint(name)).toBe(hint);
  });
});
