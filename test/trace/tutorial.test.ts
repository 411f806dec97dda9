import { beforeAll, describe, expect, it } from 'vitest';
import type { ProxyConfig } from '../../src/model/proxy.js';
import type { HopName, Step, TraceResult } from '../../src/trace/result.js';
import { traceRequest } from '../../src/trace/trace.js';
import { proxyOf } from '../support/snapshot.js';
import { documentText } from '../support/work-folder.js';

/** The nine facts that the Istio 1.1 tutorial finds by hand for mytomcat-v1 → :8888, each read from where the trace points. */
describe('the walk of the Istio 1.1 tutorial, mytomcat-v1 → :8888', () => {
  const documents: Record<string, unknown> = {};
  let proxy: ProxyConfig;
  let result: TraceResult;

  beforeAll(async () => {
    proxy = await proxyOf('bookinfo-1.1', 'mytomcat-v1');
    result = traceRequest(proxy, { to: 'mytomcat:8888' });
    for (const document of ['config_dump', 'clusters'])
      documents[document] = JSON.parse(documentText('bookinfo-1.1', 'mytomcat-v1', document));
  });

  function steps(hop: HopName): Step[] {
    return result.steps.filter(step => step.hop === hop);
  }

  /** What a step points at, in the document that its evidence names. */
  function shown(step: Step | undefined): unknown {
    const document = step?.evidence[0]?.document ?? '';
    return at(documents[document.includes('/clusters.') ? 'clusters' : 'config_dump'], step?.pointer ?? '');
  }

  it('1: the listener on 15001 hands over by the original destination', () => {
    expect(steps('capture')).toMatchObject([{ name: 'virtual', why: 'iptables sends outbound TCP to port 15001' }]);
    expect(shown(steps('capture')[0])).toMatchObject({
      address: { socket_address: { address: '0.0.0.0', port_value: 15001 } },
      use_original_dst: true,
    });
  });

  it('2: PassthroughCluster stands behind 15001, for what no listener takes', () => {
    const other = traceRequest(proxy, { to: 'tcp://203.0.113.9:9999' });
    expect(other).toMatchObject({ outcome: 'passthrough', listener: 'virtual', cluster: 'PassthroughCluster' });
  });

  it('3: the connection is handed to the HTTP listener 0.0.0.0:8888', () => {
    expect(steps('listener')).toMatchObject([{ name: '0.0.0.0_8888', status: 'matched' }]);
    expect(shown(steps('listener')[0])).toMatchObject({
      address: { socket_address: { address: '0.0.0.0', port_value: 8888 } },
    });
    expect(steps('network-filters')).toMatchObject([{ name: 'envoy.http_connection_manager' }]);
  });

  it('4: its routes come by RDS under the name 8888', () => {
    expect(shown(steps('network-filters')[0])).toMatchObject({ config: { rds: { route_config_name: '8888' } } });
    expect(result.routeConfig).toBe('8888');
  });

  it('5: the virtual host is mytomcat’s, with the service’s names and address as domains', () => {
    expect(result.virtualHost).toBe('mytomcat.default.svc.cluster.local:8888');
    expect(shown(steps('virtual-host')[0])).toMatchObject({
      domains: expect.arrayContaining([
        'mytomcat.default.svc.cluster.local',
        'mytomcat',
        'mytomcat:8888',
        'mytomcat.default',
        '10.1.203.91',
        '10.1.203.91:8888',
      ]),
    });
  });

  it('6: its route splits requests between v1 and v2, half and half', () => {
    expect(result.weightedClusters).toMatchObject([
      { name: 'outbound|8888|v1|mytomcat.default.svc.cluster.local', weight: 50, share: 0.5, outcome: 'forwarded' },
      { name: 'outbound|8888|v2|mytomcat.default.svc.cluster.local', weight: 50, share: 0.5, outcome: 'forwarded' },
    ]);
    expect(result).toMatchObject({ timeout: '10s', retries: { num_retries: 3, per_try_timeout: '2s' } });
  });

  it('7: the HTTP filters are mixer, cors, fault and router, in this order', () => {
    const filters = shown(steps('http-filters')[0]) as { name: string }[];
    expect(filters.map(({ name }) => name)).toEqual(['mixer', 'envoy.cors', 'envoy.fault', 'envoy.router']);
    expect(steps('http-filters')[0]?.details.map(text => text.split(':')[0])).toEqual([
      'mixer',
      'envoy.cors',
      'envoy.fault',
    ]);
  });

  it('8: the clusters are found by the service’s full name', () => {
    expect(steps('cluster').map(shown)).toMatchObject([
      { name: 'outbound|8888|v1|mytomcat.default.svc.cluster.local', type: 'EDS' },
      { name: 'outbound|8888|v2|mytomcat.default.svc.cluster.local', type: 'EDS' },
    ]);
  });

  it('9: the endpoints are the pods’ on 8080', () => {
    expect(result.endpoints.map(({ address }) => address)).toEqual(['10.244.1.17:8080', '10.244.2.18:8080']);
    expect(steps('endpoints').map(shown)).toMatchObject([
      { host_statuses: [{ address: { socket_address: { address: '10.244.1.17', port_value: 8080 } } }] },
      { host_statuses: [{ address: { socket_address: { address: '10.244.2.18', port_value: 8080 } } }] },
    ]);
  });
});

/** The value at an RFC 6901 pointer. */
function at(document: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce<unknown>(
      (value, token) =>
        (value as Record<string, unknown> | undefined)?.[token.replaceAll('~1', '/').replaceAll('~0', '~')],
      document,
    );
}
