import { describe, expect, it } from 'vitest';
import { composeClusters, composeDump } from '../../src/decode/compose.js';
import { decode } from '../../src/decode/decode.js';
import { documentOf } from '../../src/source/document.js';

const CLUSTER = { '@type': 'type.googleapis.com/envoy.api.v2.Cluster', name: 'a', connectTimeout: '1s' };
const LISTENER = { name: 'b', filterChains: [{}] };
const ROUTE = { name: '80', virtualHosts: [] };
const BOOTSTRAP = { bootstrap: { node: { id: 'sidecar~10.0.0.1~web-1.shop~shop.svc.cluster.local' } } };
const bytes = (value: unknown) => Buffer.from(JSON.stringify(value, null, 4));

describe('istioctl’s lists, put together as a dump', () => {
  it('are the sections of a dump of the same API version', async () => {
    const dump = composeDump({
      bootstrap: bytes(BOOTSTRAP),
      cluster: bytes([CLUSTER]),
      listener: bytes([LISTENER, LISTENER]),
      route: bytes([ROUTE]),
    });
    expect(JSON.parse(dump.toString())).toEqual({
      configs: [
        { '@type': 'type.googleapis.com/envoy.admin.v2alpha.BootstrapConfigDump', ...BOOTSTRAP },
        {
          '@type': 'type.googleapis.com/envoy.admin.v2alpha.ClustersConfigDump',
          dynamic_active_clusters: [{ cluster: CLUSTER }],
        },
        {
          '@type': 'type.googleapis.com/envoy.admin.v2alpha.ListenersConfigDump',
          dynamic_active_listeners: [{ listener: LISTENER }, { listener: LISTENER }],
        },
        {
          '@type': 'type.googleapis.com/envoy.admin.v2alpha.RoutesConfigDump',
          dynamic_route_configs: [{ route_config: ROUTE }],
        },
      ],
    });
    const [decoded] = await decode(documentOf('dump', dump));
    expect([...(decoded?.kinds ?? [])].sort()).toEqual(['bootstrap', 'cluster', 'listener', 'route']);
  });

  it('leave out what was not given, and keep what is empty', () => {
    const dump = composeDump({ listener: bytes([]), cluster: bytes(null) });
    expect(JSON.parse(dump.toString()).configs).toMatchObject([
      { dynamic_active_clusters: [] },
      { dynamic_active_listeners: [] },
    ]);
  });

  it('are of API v3 where their types are', () => {
    const cluster = { ...CLUSTER, '@type': 'type.googleapis.com/envoy.config.cluster.v3.Cluster' };
    expect(composeDump({ cluster: bytes([cluster]) }).toString()).toContain('envoy.admin.v3.ClustersConfigDump');
  });

  it('throw where a list is cut', () => {
    expect(() => composeDump({ cluster: Buffer.from('[{"name": "a"') })).toThrow(/end/);
  });
});

describe('istioctl’s list of endpoints, as /clusters', () => {
  it('has Envoy’s field names, and its values as they were', () => {
    const list = [
      {
        name: 'outbound|80||webApp.shop',
        addedViaApi: true,
        hostStatuses: [{ address: { socketAddress: { address: '10.0.0.1', portValue: 80 } }, healthStatus: {} }],
      },
    ];
    expect(JSON.parse(composeClusters(bytes(list)).toString())).toEqual({
      cluster_statuses: [
        {
          name: 'outbound|80||webApp.shop',
          added_via_api: true,
          host_statuses: [{ address: { socket_address: { address: '10.0.0.1', port_value: 80 } }, health_status: {} }],
        },
      ],
    });
  });

  it.each([['[]'], ['null\n']])('%j has none', text => {
    expect(JSON.parse(composeClusters(Buffer.from(text)).toString())).toEqual({ cluster_statuses: [] });
  });
});
