import { expect, it } from 'vitest';
import { nearNames } from '../../../src/source/istioctl/near.js';

const PROXIES = [
  'details-v1-79dfbd6fff-d8h8g.default',
  'istio-ingressgateway-7f57bc4855-bhbhh.istio-system',
  'productpage-v1-6d8bc58dd7-hjw6r.default',
  'ratings-v1-b6994bb9c-l65bl.default',
  'reviews-v1-545db77b95-sr4b9.default',
  'reviews-v2-7bf8c9648f-k2vqx.other',
];

it.each([
  ['a service for a pod', 'productpage.default', [PROXIES[2]]],
  ['a service in full', 'reviews.default.svc.cluster.local', [PROXIES[4], PROXIES[5]]],
  ['a pod that was replaced', 'details-v1-79dfbd6fff-zzzzz.default', [PROXIES[0]]],
  ['a typo', 'prodctpage-v1.default', [PROXIES[2]]],
  ['the wrong namespace', 'ratings-v1-b6994bb9c-l65bl.istio-system', [PROXIES[3]]],
  ['a deployment', 'deploy/istio-ingressgateway.istio-system', [PROXIES[1]]],
  ['nothing alike', 'nope.default', []],
  ['one letter', 'r.default', []],
])('near %s (%s)', (_, target, names) => {
  expect(nearNames(target, PROXIES).slice(0, names.length + 1)).toEqual(names);
});

it('at most five are named', () => {
  expect(nearNames('web', ['web-a.x', 'web-b.x', 'web-c.x', 'web-d.x', 'web-e.x', 'web-f.x'])).toHaveLength(5);
});
