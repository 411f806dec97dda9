import { describe, expect, it } from 'vitest';
import { chain, listener, TLS_INSPECTOR, tcp } from '../../support/messages.js';
import { GATEWAY, type Json, minimalProxy } from '../../support/minimal-proxy.js';
import { checked, line, traced } from '../support/findings.js';
import { from, rds } from '../support/mesh.js';
import { MATCHED, OTHER, route, SHOP } from './route-parts.js';

describe('gateways', () => {
  const gateway = (parts: Json) =>
    minimalProxy({ node: GATEWAY, listeners: [listener(8080, [chain([rds('http.8080')])])], ...parts });
  const host = (name: string, domains: string[], routes: Json[]): Json => ({ name, domains, routes });

  it('gateway-host-conflict: another VirtualService takes all requests', async () => {
    const [first, second] = [from('virtual-service', 'one'), from('virtual-service', 'two')];
    const routes = [
      { match: { prefix: '/' }, route: { cluster: SHOP }, ...first },
      { match: { prefix: '/two/' }, route: { cluster: OTHER }, ...second },
    ];
    const own = await gateway({ routes: [{ name: 'http.8080', virtual_hosts: [host('*:80', ['*'], routes)] }] });
    expect(checked('gateway-host-conflict', own).map(line)).toEqual([
      'warning gateway-host-conflict VirtualService default/two',
    ]);
  });

  it('gateway-host-conflict: one certificate in several Gateways', async () => {
    const tls = (name: string, secret: string): Json => ({
      filter_chain_match: { server_names: [`${name}.example`] },
      ...chain([rds(`https.443.https.${name}.default`)]),
      transport_socket: {
        name: 'tls',
        typed_config: {
          '@type': 'type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext',
          common_tls_context: { tls_certificate_sds_secret_configs: [{ name: secret }] },
        },
      },
    });
    const shared = await gateway({
      listeners: [listener(8443, [tls('a', 'kubernetes://wild'), tls('b', 'kubernetes://wild')])],
    });
    const [finding] = checked('gateway-host-conflict', shared);
    expect(finding?.why).toContain(
      'Gateway default/a and Gateway default/b use the same certificate (Secret istio-system/wild)',
    );
    const own = await gateway({
      listeners: [listener(8443, [tls('a', 'kubernetes://a'), tls('b', 'kubernetes://b')])],
    });
    expect(checked('gateway-host-conflict', own)).toEqual([]);
  });

  it('virtualservice-host-not-in-gateway', async () => {
    const routes = [
      { name: 'http.8080', virtual_hosts: [host('shop.example:80', ['shop.example'], [route(MATCHED)])] },
    ];
    const [first] = traced({ to: 'www.shop.example:8080', direction: 'gateway' }, await gateway({ routes }));
    expect(first?.code).toBe('virtualservice-host-not-in-gateway');
    expect(first?.why).toContain('It serves shop.example');
    const empty = await gateway({ routes: [{ name: 'http.8080', virtual_hosts: [host('blackhole:80', ['*'], [])] }] });
    expect(checked('virtualservice-host-not-in-gateway', empty)).toMatchObject([{ severity: 'info' }]);
  });

  it.each<[string, string, 'tls' | 'mtls', string]>([
    ['a service that its cluster has not', 'outbound_.80_._.gone.shop.svc.cluster.local', 'mtls', 'no such service'],
    ['another port', 'outbound_.81_._.web.shop.svc.cluster.local', 'mtls', 'of this service it has port 80'],
    ['a subset', 'outbound_.80_.v1_.web.shop.svc.cluster.local', 'mtls', 'of this service it has port 80'],
    [
      'a client outside the mesh',
      'outbound_.80_._.web.shop.svc.cluster.local',
      'tls',
      'this client offers ALPN http/1.1',
    ],
  ])('an east-west gateway is asked for %s', async (_, sni, tls, why) => {
    const name = 'outbound_.80_._.web.shop.svc.cluster.local';
    const match = { server_names: [name], application_protocols: ['istio', 'istio-http/1.1'] };
    const chains = [chain([tcp(name)], { filter_chain_match: match })];
    const own = await gateway({ listeners: [listener(15443, chains, { listener_filters: [TLS_INSPECTOR] })] });
    const [found] = traced({ to: 'web:15443', direction: 'gateway', tls, sni }, own);
    const service = sni.includes('gone') ? 'gone' : 'web';
    expect(line(found as never)).toBe(`error virtualservice-host-not-in-gateway Service shop/${service}`);
    expect(found?.why).toContain(why);
  });

  it('a port that the gateway does not listen on, unless a listener for it waits', async () => {
    const request = { to: 'shop.example:81', direction: 'gateway' } as const;
    const [found] = traced(request, await gateway({}));
    expect(line(found as never)).toBe('error virtualservice-host-not-in-gateway Gateway (unknown)');
    expect(found?.why).toContain('It listens on 8080.');
    const waiting = { name: '0.0.0.0_81', warming_state: { listener: listener(81, [chain([rds('http.81')])]) } };
    expect(traced(request, await gateway({ otherListeners: [waiting] })).map(({ code }) => code)).toEqual([
      'warming-resource',
    ]);
  });
});
