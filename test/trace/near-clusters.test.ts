import { describe, expect, it } from 'vitest';
import { nearClusters } from '../../src/trace/near-clusters.js';
import { minimalProxy } from '../support/minimal-proxy.js';

const REVIEWS = 'reviews.default.svc.cluster.local';

/** The names of the clusters that are near, with what differs in them. */
async function near(wanted: string, known: readonly string[], warming: readonly string[] = []) {
  const proxy = await minimalProxy({
    clusters: known.map(name => ({ name })),
    warmingClusters: warming.map(name => ({ name })),
  });
  return nearClusters(proxy, wanted).map(({ name, reason }) => [name, reason]);
}

describe('nearClusters', () => {
  it('tells the other subsets and ports of the host, and no other host', async () => {
    const known = [
      `outbound|9080|v1|${REVIEWS}`,
      `outbound|9080||${REVIEWS}`,
      `outbound|80|v2|${REVIEWS}`,
      `outbound|9080|v2|review.default.svc.cluster.local`,
    ];
    expect(await near(`outbound|9080|v2|${REVIEWS}`, known)).toEqual([
      [known[0], 'subset v1, not v2'],
      [known[1], 'without a subset'],
      [known[2], 'port 80, not 9080'],
    ]);
  });

  it('tells the most similar hosts where the host has no cluster', async () => {
    const known = ['zipkin', 'review', 'ratings'].map(name => `outbound|9080||${name}.default.svc.cluster.local`);
    const [first] = await near(`outbound|9080||${REVIEWS}`, known);
    expect(first).toEqual([known[1], 'host review.default.svc.cluster.local']);
  });

  it.each<[string, string, string[], string[]]>([
    ['of the other direction', `outbound|9080||${REVIEWS}`, [`inbound|9080||${REVIEWS}`], []],
    ['that are warming', `outbound|9080|v1|${REVIEWS}`, [], [`outbound|9080||${REVIEWS}`]],
    ['for a name that is not Istio’s', 'reviews', [`outbound|9080||${REVIEWS}`], []],
    ['that are not Istio’s', `outbound|9080||${REVIEWS}`, ['reviews', 'xds-grpc'], []],
  ])('tells none %s', async (_, wanted, known, warming) => {
    expect(await near(wanted, known, warming)).toEqual([]);
  });

  it('tells eight of one host at most', async () => {
    const known = Array.from({ length: 12 }, (_, i) => `outbound|9080|v${i}|${REVIEWS}`);
    expect(await near(`outbound|9080|none|${REVIEWS}`, known)).toHaveLength(8);
  });
});
