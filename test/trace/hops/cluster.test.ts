import { describe, expect, it } from 'vitest';
import { traceRequest } from '../../../src/trace/trace.js';
import {
  chain,
  hcm,
  listener,
  route,
  staticCluster,
  tcp,
  virtualHost,
  virtualOutbound,
} from '../../support/messages.js';
import { type Json, type MinimalParts, minimalProxy } from '../../support/minimal-proxy.js';

/** A request over HTTP, or over TCP, to cluster `c`. */
async function reach(parts: MinimalParts, protocol: 'http' | 'tcp' = 'http', action: Json = {}) {
  const filter = protocol === 'tcp' ? tcp('c') : hcm([virtualHost([route({ route: { cluster: 'c', ...action } })])]);
  const proxy = await minimalProxy({ listeners: [virtualOutbound(), listener(80, [chain([filter])])], ...parts });
  const result = traceRequest(proxy, { to: '10.1.1.1:80', host: 'a', protocol });
  return { ...result, step: result.steps.find(({ hop }) => hop === 'cluster') };
}

const old = { node: { user_agent_build_version: { version: { major_number: 1, minor_number: 17 } } } };

describe('a cluster that is not there', () => {
  it.each<[string, MinimalParts, 'http' | 'tcp', Json, unknown[]]>([
    ['over HTTP', {}, 'http', {}, ['responded', 503, 'NC', 'cluster_not_found']],
    [
      'with a code of the route’s',
      {},
      'http',
      { cluster_not_found_response_code: 'NOT_FOUND' },
      ['responded', 404, 'NC', 'cluster_not_found'],
    ],
    ['in Envoy 1.17', old, 'http', {}, ['responded', 503, 'NR', null]],
    ['over TCP', {}, 'tcp', {}, ['closed', null, 'NC', null]],
    [
      'while it is warming',
      { warmingClusters: [staticCluster('c', ['1.1.1.1:1'])] },
      'http',
      {},
      ['responded', 503, 'NC', 'cluster_not_found'],
    ],
    ['in a dump without clusters', { clusters: null }, 'http', {}, ['undetermined', null, null, null]],
  ])('%s', async (_, parts, protocol, action, expected) => {
    const { outcome, responseCode, responseFlag, responseCodeDetails } = await reach(parts, protocol, action);
    expect([outcome, responseCode, responseFlag, responseCodeDetails]).toEqual(expected);
  });
});

describe('what is stated of a cluster', () => {
  it.each<[string, Json, string[]]>([
    ['nothing where nothing is set', {}, []],
    ['connect timeout', { connect_timeout: '5s' }, ['connect timeout 5s']],
    [
      'circuit breakers of both priorities, without Istio’s “none”',
      {
        circuit_breakers: {
          thresholds: [
            { max_connections: 10, max_requests: 4294967295 },
            { priority: 'HIGH', max_retries: 1 },
          ],
        },
      },
      ['circuit breakers: max_connections 10', 'circuit breakers of priority HIGH: max_retries 1'],
    ],
    ['outlier detection by default', { outlier_detection: {} }, ['outlier detection: defaults']],
    [
      'outlier detection as set',
      { outlier_detection: { consecutive_5xx: 3, base_ejection_time: '30s', max_ejection_percent: 100 } },
      ['outlier detection: consecutive_5xx 3, base_ejection_time 30s, max_ejection_percent 100'],
    ],
  ])('%s', async (_, more, details) => {
    const { step } = await reach({ clusters: [staticCluster('c', ['1.1.1.1:1'], more)] });
    expect(step).toMatchObject({ status: 'matched', why: 'STATIC cluster', details });
  });

  it('the DestinationRule behind it', async () => {
    const config = '/apis/networking.istio.io/v1/namespaces/shop/destination-rule/web';
    const more = { metadata: { filter_metadata: { istio: { config } } } };
    const { step } = await reach({ clusters: [staticCluster('c', ['1.1.1.1:1'], more)] });
    expect(step?.why).toBe('STATIC cluster, shaped by DestinationRule shop/web');
  });
});

describe('a passthrough cluster', () => {
  const at = (direction: 'outbound' | 'inbound', port: number, cluster: string) =>
    minimalProxy({ listeners: [listener(port, [chain([tcp(cluster)])])] }).then(proxy =>
      traceRequest(proxy, { ip: '10.0.0.1', port: 7000, direction, protocol: 'tcp' }),
    );

  it('of outbound traffic leaves the rules of the mesh', async () => {
    const { outcome, sentence } = await at('outbound', 15001, 'PassthroughCluster');
    expect([outcome, sentence]).toEqual([
      'passthrough',
      'Passed through to 10.0.0.1:7000, without any rule of the mesh.',
    ]);
  });

  it('of inbound traffic takes ports that no service has, behind mutual TLS and policies', async () => {
    const { outcome, sentence } = await at('inbound', 15006, 'InboundPassthroughCluster');
    expect([outcome, sentence]).toEqual([
      'passthrough',
      'Passed through to 10.0.0.1:7000, a port that no service of this pod has.',
    ]);
  });
});
