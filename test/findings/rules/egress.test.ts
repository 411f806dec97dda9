import { describe, expect, it } from 'vitest';
import {
  chain,
  downstreamTls,
  HTTP_INSPECTOR,
  listener,
  route,
  TLS_INSPECTOR,
  tcp,
  virtualHost,
  virtualOutbound,
} from '../../support/messages.js';
import { GATEWAY, type Json, minimalProxy } from '../../support/minimal-proxy.js';
import { checked, line, traced } from '../support/findings.js';
import { from, outbound, PASSTHROUGH, rds, service, table } from '../support/mesh.js';

const SERVICES_OF_MAPS = { host: 'maps.example', name: 'maps.example', namespace: 'shop' };
const BLACKHOLE: Json = { name: 'BlackHoleCluster', type: 'STATIC' };
const SHOP = service('shop', ['10.1.0.1:8080']);
const SHOP_NAMES = ['shop.default.svc.cluster.local', 'shop', '10.9.0.1'];
const HTTP_MATCH = {
  filter_chain_match: { transport_protocol: 'raw_buffer', application_protocols: ['http/1.1', 'h2c'] },
};

/** A sidecar that knows shop on port 80, and sends what it does not know to `unknown`. */
function sidecar(unknown: string, more: Json = {}) {
  const catchAll = chain([tcp(unknown)]);
  return minimalProxy({
    listeners: [
      virtualOutbound([catchAll]),
      listener(80, [chain([rds('80')], HTTP_MATCH)], {
        listener_filters: [HTTP_INSPECTOR],
        default_filter_chain: catchAll,
      }),
      listener(443, [chain([tcp(outbound('maps', 443))], { filter_chain_match: { server_names: ['maps.example'] } })], {
        listener_filters: [TLS_INSPECTOR],
        default_filter_chain: catchAll,
      }),
    ],
    routes: [
      table(80, 'shop', [], {
        virtual_hosts: [virtualHost([route(outbound('shop'))], { name: `${SHOP_NAMES[0]}:80`, domains: SHOP_NAMES })],
      }),
    ],
    clusters: [PASSTHROUGH, BLACKHOLE, SHOP.cluster, { name: outbound('maps', 443), type: 'STRICT_DNS' }],
    endpoints: [SHOP.endpoints],
    ...more,
  });
}

describe.each([
  ['PassthroughCluster', 'egress-passthrough', 'info'],
  ['BlackHoleCluster', 'egress-blackhole', 'error'],
])('what goes to %s', (cluster, code, severity) => {
  it.each<[string, Json, string[]]>([
    [
      'a host outside',
      { ip: '203.0.113.9', port: 443, host: 'api.example', tls: 'tls', sni: 'api.example' },
      [`${severity} ${code} ServiceEntry default/(none)`],
    ],
    ['another port of a service', { to: 'shop:81', ip: '10.9.0.1' }, [`error ${code} Service default/shop`]],
    [
      'TLS to an HTTP port',
      { to: 'shop:80', ip: '10.9.0.1', tls: 'tls' },
      [`${severity === 'info' ? 'warning' : 'error'} passthrough-tls-to-http-port Request https://shop:80/`],
    ],
    [
      'TLS that carries no HTTP, to an HTTP port',
      { to: 'shop:80', ip: '10.9.0.1', protocol: 'tcp', tls: 'tls' },
      [`${severity === 'info' ? 'warning' : 'error'} passthrough-tls-to-http-port Request tcp://shop:80`],
    ],
    [
      'raw TCP to an HTTP port',
      { to: 'shop:80', ip: '10.9.0.1', protocol: 'tcp' },
      [`${severity === 'info' ? 'warning' : 'error'} ${code} Service default/shop`],
    ],
    [
      'HTTP to a TLS port',
      { to: 'maps.example:443', ip: '203.0.113.7' },
      ['error http-to-tls-port Request http://maps.example:443/'],
    ],
    [
      'a name of the cluster that nobody knows',
      { to: 'shp:81', ip: '10.9.0.9' },
      [
        `${severity === 'info' ? 'warning' : 'error'} host-not-in-registry Service default/(none)`,
        `${severity} ${code} ServiceEntry default/(none)`,
      ],
    ],
  ])('%s', async (_, request, expected) => {
    const found = traced(request, await sidecar(cluster));
    expect(
      found.filter(({ code: other }) => other !== 'http-to-tls-port' || expected[0]?.includes('http-to-tls')).map(line),
    ).toEqual(expected);
  });

  it('a host that other sidecars know', async () => {
    const { cluster: message, endpoints } = service('cart', ['10.1.0.2:8080']);
    const other = await minimalProxy({
      node: { id: 'sidecar~10.0.0.9~other-1.default~default.svc.cluster.local' },
      clusters: [message],
      endpoints: [endpoints],
    });
    const [first] = traced({ to: 'cart:81', ip: '10.9.0.2' }, await sidecar(cluster), other);
    expect(first).toMatchObject({
      code: 'sidecar-scope-missing-host',
      resource: { kind: 'Sidecar', namespace: 'default' },
    });
  });
});

it.each([
  [{ metadata: { filter_metadata: { istio: { services: [SERVICES_OF_MAPS] } } } }, 'shop/', '-n shop'],
  [{}, '', '-A'],
])('never edits a ServiceEntry by its host, which is not its name', async (more, where, flag) => {
  const clusters = [PASSTHROUGH, { name: 'outbound|443||maps.example', type: 'STRICT_DNS', ...more }];
  const request = { ip: '203.0.113.9', port: 444, host: 'maps.example', tls: 'tls' } as const;
  const [found] = traced(request, await sidecar('PassthroughCluster', { clusters }));
  expect(line(found as never)).toBe(`error egress-passthrough ServiceEntry ${where}(host maps.example)`);
  expect(found?.remedy).toMatch(new RegExp(`\\(\`kubectl get serviceentries ${flag}\`\\)\\.$`));
});

it('raw TCP to an HTTP port is told as that, with the name that makes the port TCP', async () => {
  const [found] = traced({ to: 'shop:80', ip: '10.9.0.1', protocol: 'tcp' }, await sidecar('PassthroughCluster'));
  expect(found?.why).toMatch(/^Port 80 of Service default\/shop is declared as HTTP, and /);
  expect(found?.remedy).toContain(
    'name the port `tcp-…` or set `appProtocol: tcp` (`kubectl edit service shop -n default`)',
  );
});

it('plain HTTP is dropped by virtual host block_all', async () => {
  const blocked = {
    name: 'block_all',
    domains: ['*'],
    routes: [{ match: { prefix: '/' }, direct_response: { status: 502 } }],
  };
  const routes = [{ name: '80', virtual_hosts: [blocked] }];
  const [first] = traced(
    { ip: '203.0.113.9', port: 80, host: 'api.example' },
    await sidecar('BlackHoleCluster', { routes }),
  );
  expect(first).toMatchObject({ code: 'egress-blackhole', severity: 'error' });
});

it('a request that is routed has none of these', async () => {
  expect(traced({ to: 'shop:80' }, await sidecar('PassthroughCluster'))).toEqual([]);
});

describe('at a gateway', () => {
  const gateway = (chains: Json[], more: Json = {}) =>
    minimalProxy({ node: GATEWAY, listeners: [listener(8443, chains, more)] });
  const https = {
    ...chain([rds('https.443.web.shop-gw.shop')]),
    filter_chain_match: { server_names: ['shop.example'] },
    ...downstreamTls(),
  };

  it('HTTP to the HTTPS port names the port that clients call', async () => {
    const own = await gateway([https], { listener_filters: [TLS_INSPECTOR] });
    const [first] = traced({ to: 'shop.example:8443', direction: 'gateway' }, own);
    expect(line(first as never)).toBe('error http-to-tls-port Request http://shop.example:443/');
    expect(first?.why).toContain('(Gateway shop/shop-gw, server web)');
  });

  it('TLS to the HTTP port', async () => {
    const [first] = traced(
      { to: 'shop.example:8443', direction: 'gateway', tls: 'tls' },
      await gateway([chain([rds('http.8443')])]),
    );
    expect(first?.code).toBe('passthrough-tls-to-http-port');
  });
});

describe('port-name-tcp', () => {
  const listeners = [virtualOutbound(), listener(8080, [chain([tcp(outbound('shop', 8080))])])];
  const { cluster, endpoints } = service('shop', ['10.1.0.1:8080'], {}, 8080);
  const parts = { listeners, clusters: [PASSTHROUGH, cluster], endpoints: [endpoints] };
  const ruled = [{ match: { prefix: '/' }, route: { cluster: outbound('shop') }, ...from('virtual-service', 'shop') }];

  it('is a warning where HTTP routes have no effect', async () => {
    const own = await minimalProxy({ ...parts, routes: [table(80, 'shop', ruled)] });
    expect(checked('port-name-tcp', own).map(line)).toEqual(['warning port-name-tcp Service default/shop']);
    expect(traced({ to: 'shop:8080', ip: '10.9.0.1' }, own).map(line)).toEqual([
      'warning port-name-tcp Service default/shop',
    ]);
  });

  it('is worth knowing where there are none, and HTTP is sent', async () => {
    const own = await minimalProxy(parts);
    expect(checked('port-name-tcp', own)).toEqual([]);
    expect(traced({ to: 'shop:8080', ip: '10.9.0.1' }, own).map(line)).toEqual([
      'info port-name-tcp Service default/shop',
    ]);
    expect(traced({ to: 'shop:8080', ip: '10.9.0.1', protocol: 'tcp' }, own)).toEqual([]);
  });

  it('is nothing where the service has an HTTP port as well', async () => {
    const http = service('shop', ['10.1.0.1:8080']);
    const own = await minimalProxy({
      ...parts,
      clusters: [PASSTHROUGH, cluster, http.cluster],
      routes: [table(80, 'shop', ruled)],
    });
    expect(checked('port-name-tcp', own)).toEqual([]);
  });
});

describe('protocol-conflict-port', () => {
  const db = service('db', ['10.1.0.5:80']);

  it('a TCP service on the port of HTTP services', async () => {
    const own = await sidecar('PassthroughCluster', { clusters: [PASSTHROUGH, SHOP.cluster, db.cluster] });
    const [finding, ...others] = checked('protocol-conflict-port', own);
    expect(others).toEqual([]);
    expect(line(finding as never)).toBe('warning protocol-conflict-port Service default/db');
  });

  it.each([
    ['the route table has not come', { routes: [] }],
    ['nothing listens on the port', { listeners: [virtualOutbound()] }],
  ])('nothing where %s', async (_, more) => {
    const own = await sidecar('PassthroughCluster', { clusters: [PASSTHROUGH, SHOP.cluster, db.cluster], ...more });
    expect(checked('protocol-conflict-port', own)).toEqual([]);
  });
});
