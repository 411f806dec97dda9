import { describe, expect, it } from 'vitest';
import { proxyAt } from '../../src/model/proxy-at.js';
import { minimalProxy } from '../support/minimal-proxy.js';

function pod(name: string, ip: string, NETWORK?: string) {
  const metadata = NETWORK === undefined ? {} : { NETWORK };
  return minimalProxy({ node: { id: `sidecar~${ip}~${name}.default~default.svc.cluster.local`, metadata } });
}

describe('proxyAt', () => {
  it('takes an address and a socket, and no other pod’s', async () => {
    const [a, b] = [await pod('a', '10.0.0.1'), await pod('b', '10.0.0.2')];
    expect(proxyAt([a, b], '10.0.0.2', a)).toBe(b);
    expect(proxyAt([a, b], '10.0.0.2:8080', a)).toBe(b);
    expect(proxyAt([a, b], '10.0.0.3:8080', a)).toBeNull();
  });

  it('looks in the network of the client where several have the same addresses', async () => {
    const [east, west] = [await pod('e', '10.0.0.1', 'east'), await pod('w', '10.0.0.1', 'west')];
    for (const own of [east, west]) expect(proxyAt([east, west], '10.0.0.1:80', own)).toBe(own);
    const north = await pod('n', '10.0.0.9', 'north');
    expect(proxyAt([east, west, north], '10.0.0.1:80', north)).toBeNull();
    const unsaid = await pod('u', '10.0.0.9');
    expect(proxyAt([west, unsaid], '10.0.0.1:80', unsaid)).toBe(west);
    expect(proxyAt([unsaid, west], '10.0.0.9:80', west)).toBe(unsaid);
  });
});
