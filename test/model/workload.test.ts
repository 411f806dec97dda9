import { describe, expect, it } from 'vitest';
import { decode } from '../../src/decode/decode.js';
import { snapshotOf } from '../../src/model/snapshot.js';
import { documentOf } from '../../src/source/document.js';
import { traceRequest } from '../../src/trace/trace.js';
import { proxyWith } from '../support/dump.js';

const reviews = {
  workloadIps: ['10.0.0.7', 'fd00::7'],
  protocol: 'HBONE',
  name: 'reviews-v3-abc',
  namespace: 'default',
  serviceAccount: 'bookinfo-reviews',
  workloadName: 'reviews-v3',
};

async function workloads(dump: object) {
  return snapshotOf(await decode(documentOf('ztunnel.json', Buffer.from(JSON.stringify(dump)))));
}

describe('a ztunnel’s dump', () => {
  it.each([
    ['list', { workloads: [reviews], services: [] }],
    ['map', { workloads: { '/10.0.0.7': reviews }, policies: [] }],
  ])('names workloads by address, as a %s', async (_, dump) => {
    const snapshot = await workloads(dump);
    expect(snapshot.proxies).toEqual([]);
    for (const ip of reviews.workloadIps) {
      expect(snapshot.workloads.get(ip)).toEqual({
        name: 'reviews-v3-abc',
        namespace: 'default',
        workloadName: 'reviews-v3',
        principal: 'spiffe://cluster.local/ns/default/sa/bookinfo-reviews',
        protocol: 'HBONE',
      });
    }
  });

  it('names both ends of a trace where no proxy does', async () => {
    const tcp = { '@type': 'type.googleapis.com/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy', cluster: 'c' };
    const proxy = await proxyWith({
      listeners: [
        {
          name: 'virtualOutbound',
          address: { socket_address: { address: '0.0.0.0', port_value: 15001 } },
          filter_chains: [{ filters: [{ name: 'tcp', typed_config: tcp }] }],
        },
      ],
      clusters: [{ name: 'c', type: 'ORIGINAL_DST' }],
    });
    const known = (await workloads({ workloads: [reviews] })).workloads;
    const request = { ip: '10.0.0.7', port: 80, from: { ip: '10.0.0.7' } };
    const result = traceRequest(proxy, request, 1, { proxies: [proxy], workloads: known });
    expect(result.assumptions.join('\n')).toContain('10.0.0.7 is workload default/reviews-v3 (pod reviews-v3-abc)');
    expect(result.assumptions.join('\n')).toContain(
      '10.0.0.7:80, workload default/reviews-v3 (pod reviews-v3-abc) by HBONE',
    );
  });
});
