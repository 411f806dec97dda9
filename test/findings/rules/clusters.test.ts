import { describe, expect, it } from 'vitest';
import { chain, listener, tcp, virtualOutbound } from '../../support/messages.js';
import { type Json, minimalProxy } from '../../support/minimal-proxy.js';
import { checked, line, traced } from '../support/findings.js';
import { from, outbound, PASSTHROUGH, rds, service, table } from '../support/mesh.js';

const SHOP = service('shop', ['10.1.0.1:8080'], from('destination-rule', 'shop'));
const SHOP_V1 = service('shop', ['10.1.0.1:8080'], from('destination-rule', 'shop'), 80, 'v1');
const HTTP = [virtualOutbound(), listener(80, [chain([rds('80')])])];

function to(cluster: string, origin: Json = from('virtual-service', 'shop')): Json {
  return { name: 'main', match: { prefix: '/' }, route: { cluster }, ...origin };
}

function proxy(routes: Json[], more: Json = {}) {
  const services = [SHOP, SHOP_V1];
  return minimalProxy({
    listeners: HTTP,
    routes: [table(80, 'shop', routes)],
    clusters: [PASSTHROUGH, ...services.map(({ cluster }) => cluster)],
    endpoints: services.map(({ endpoints }) => endpoints),
    ...more,
  });
}

describe('missing-subset', () => {
  it('names the DestinationRule of the service, and the route that needs the subset', async () => {
    const [finding, ...others] = checked('missing-subset', await proxy([to(outbound('shop', 80, 'v2'))]));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      severity: 'error',
      proxy: 'app-1.default',
      resource: { kind: 'DestinationRule', namespace: 'default', name: 'shop' },
      pointer: '/configs/3/dynamic_route_configs/0/route_config/virtual_hosts/0/routes/0/route/cluster',
      evidence: [{ kind: 'route', name: '80' }, { kind: 'cluster' }],
    });
    expect(finding?.why).toContain(
      'DestinationRule default/shop has no subset v2; route main of VirtualService default/shop needs it',
    );
    expect(finding?.remedy).toContain('kubectl edit destinationrule shop -n default');
    expect(finding?.remedy).toContain('Subsets that there are: v1.');
  });

  it('names the VirtualService where no DestinationRule is there', async () => {
    const { cluster, endpoints } = service('shop', ['10.1.0.1:8080']);
    const parts = { clusters: [PASSTHROUGH, cluster], endpoints: [endpoints] };
    const found = checked('missing-subset', await proxy([to(outbound('shop', 80, 'v2'))], parts));
    expect(found.map(line)).toEqual(['error missing-subset VirtualService default/shop']);
  });

  it('tells the share of a weighted route', async () => {
    const weighted = {
      clusters: [
        { name: outbound('shop', 80, 'v1'), weight: 95 },
        { name: outbound('shop', 80, 'v9'), weight: 5 },
      ],
    };
    const [finding] = checked('missing-subset', await proxy([{ ...to(''), route: { weighted_clusters: weighted } }]));
    expect(finding?.why).toContain('with 5% of its requests');
  });

  it.each([
    ['the subset is there', [to(outbound('shop', 80, 'v1'))]],
    ['a header chooses', [{ match: { prefix: '/' }, route: { cluster_header: 'x-cluster' } }]],
  ])('is silent where %s', async (_, routes) => {
    expect(checked('missing-subset', await proxy(routes))).toEqual([]);
  });

  it('comes first in the trace of a request that needs it', async () => {
    const found = traced({ to: 'shop:80' }, await proxy([to(outbound('shop', 80, 'v2'))]));
    expect(found.map(({ code }) => code)).toEqual(['missing-subset']);
  });

  it('says nothing where the clusters are not all known', async () => {
    expect(checked('missing-subset', await proxy([to(outbound('shop', 80, 'v2'))], { clusters: null }))).toEqual([]);
  });
});

describe('cluster-not-found', () => {
  it.each([
    [
      'an unknown host',
      outbound('shp'),
      'the mesh knows no host shp.default.svc.cluster.local',
      'Near names: shop.default',
    ],
    ['another port', outbound('shop', 81), 'shop.default.svc.cluster.local has port 80, not 81', 'use port 80'],
    ['a foreign name', 'backend', 'nobody made it', 'add the cluster'],
  ])('tells %s', async (_, cluster, why, remedy) => {
    const [finding] = checked('cluster-not-found', await proxy([to(cluster)]));
    expect(line(finding as never)).toBe('error cluster-not-found VirtualService default/shop');
    expect(finding?.why).toContain(why);
    expect(finding?.remedy).toContain(remedy);
  });

  it('leaves out the virtual hosts that Istio makes for ports that a service does not have', async () => {
    const routes = [
      table(80, 'shop', [to(outbound('shop', 80, 'v1'))]),
      table(8080, 'shop', [to(outbound('shop', 8080, 'v1'))]),
    ];
    const quirk = await proxy([], { routes });
    expect(checked('cluster-not-found', quirk)).toEqual([]);
    expect(checked('missing-subset', quirk)).toEqual([]);
  });

  it('tells it to the one who calls such a port', async () => {
    const listeners = [virtualOutbound(), listener(8080, [chain([rds('8080')])])];
    const routes = [table(8080, 'shop', [to(outbound('shop', 8080, 'v1'))])];
    const [first] = traced({ to: 'shop:8080' }, await proxy([], { listeners, routes }));
    expect(first?.code).toBe('cluster-not-found');
    expect(first?.why).toContain('has port 80, not 8080');
  });

  it('looks at TCP proxies as well', async () => {
    const listeners = [virtualOutbound(), listener(5432, [chain([tcp(outbound('db', 5432))])])];
    const found = checked('cluster-not-found', await proxy([], { listeners }));
    expect(found.map(line)).toEqual(['error cluster-not-found listener 0.0.0.0_5432']);
  });
});

describe('sidecar-scope-missing-host', () => {
  it('takes the place of both where other sidecars know the service', async () => {
    const { cluster, endpoints } = service('cart', ['10.1.0.2:8080']);
    const other = await minimalProxy({
      node: { id: 'sidecar~10.0.0.9~other-1.default~default.svc.cluster.local' },
      clusters: [cluster],
      endpoints: [endpoints],
    });
    const own = await proxy([to(outbound('cart'))]);
    expect(checked('cluster-not-found', own, other)).toEqual([]);
    const [finding] = checked('sidecar-scope-missing-host', own, other);
    expect(finding).toMatchObject({ severity: 'error', resource: { kind: 'Sidecar', namespace: 'default' } });
    expect(finding?.why).toContain('is in that of other-1.default');
  });
});

describe('warming-resource', () => {
  it('takes the place of a missing cluster that waits', async () => {
    const waiting = { ...SHOP.cluster, name: outbound('cart') };
    const found = traced({ to: 'shop:80' }, await proxy([to(outbound('cart'))], { warmingClusters: [waiting] }));
    expect(found.map(line)).toEqual(['error warming-resource Service default/cart']);
  });

  it('tells a listener that waits', async () => {
    const otherListeners = [{ name: '0.0.0.0_9000', warming_state: { listener: listener(9000, [chain([tcp('x')])]) } }];
    const own = await proxy([], { otherListeners });
    expect(checked('warming-resource', own).map(line)).toEqual(['error warming-resource listener 0.0.0.0_9000']);
    const [first] = traced({ ip: '10.9.9.9', port: 9000, protocol: 'tcp' }, own);
    expect(first?.code).toBe('warming-resource');
  });
});

describe('rejected-config', () => {
  const failed = { failed_configuration: listener(9000, [chain([tcp('x')])]), details: 'no such\nfilter.' };

  it('gives Envoy’s reason in one line, and says that the older version serves', async () => {
    const otherListeners = [
      { name: '0.0.0.0_9000', active_state: { listener: listener(9000, [chain([tcp('x')])]) }, error_state: failed },
    ];
    const [finding] = checked('rejected-config', await proxy([], { otherListeners }));
    expect(finding?.why).toBe(
      'Envoy refused listener 0.0.0.0_9000: no such filter. It goes on with the version before.',
    );
    expect(finding?.remedy).toContain("-l app=istiod --tail=-1 | grep 'ACK ERROR'`");
  });

  it('keeps back the secrets that Envoy’s reason quotes', async () => {
    const details =
      'bad key -----BEGIN PRIVATE KEY-----\nMIIhunter2\n-----END PRIVATE KEY-----, password=hunter2hunter2';
    const otherListeners = [{ name: '0.0.0.0_9000', error_state: { ...failed, details } }];
    const [finding] = checked('rejected-config', await proxy([], { otherListeners }));
    expect(finding?.why).toContain('bad key REDACTED, password=REDACTED.');
  });

  it('suspects the filter that Istio does not set', async () => {
    const filters = [{ name: 'acme.audit', typed_config: { '@type': 'type.googleapis.com/acme.Audit' } }, tcp('x')];
    const otherListeners = [
      { name: '0.0.0.0_9000', error_state: { failed_configuration: listener(9000, [chain(filters)]), details: 'x' } },
    ];
    const [finding] = checked('rejected-config', await proxy([], { otherListeners }));
    expect(finding).toMatchObject({ resource: { kind: 'EnvoyFilter', namespace: 'default' } });
    expect(finding?.remedy).toContain('acme.audit');
  });
});
