import { describe, expect, it } from 'vitest';
import type { ProxyConfig } from '../../src/model/proxy.js';
import type { TraceRequest } from '../../src/trace/request.js';
import type { TraceResult } from '../../src/trace/result.js';
import { traceRequest } from '../../src/trace/trace.js';
import { EditedDump, named, proxiesOf } from '../support/edited.js';
import { address, assignment, chain, extension, lbEndpoint, TLS_INSPECTOR, tcp } from '../support/messages.js';
import type { Json } from '../support/minimal-proxy.js';
import { schemaProblems } from '../support/result-schema.js';

const MESH = 'bookinfo-1.30';
const REVIEWS = 'outbound|8888|v1|reviews.default.svc.cluster.local';
const DNAT = 'outbound_.8888_.v1_.reviews.default.svc.cluster.local';
const GATEWAY_IP = '10.244.2.5';
const PRODUCTPAGE = 'spiffe://cluster.local/ns/default/sa/bookinfo-productpage';

/** The proxies that a request goes through, with what each does. */
function legs(result: TraceResult): string[] {
  const own = result.client ?? result;
  const end = `${result.proxy?.split('-')[0]} ${own.outcome}${own.reason === null ? '' : ` ${own.reason}`}`;
  return [end, ...(result.peer === undefined ? [] : legs(result.peer))];
}

function last(result: TraceResult): TraceResult {
  return result.peer === undefined ? result : last(result.peer);
}

function trace(proxies: readonly ProxyConfig[], from: string, request: TraceRequest): TraceResult {
  const result = traceRequest(named(proxies, from), request, 1, { proxies });
  expect(schemaProblems('TraceResult', result)).toEqual([]);
  return result;
}

function moveTo(dump: EditedDump, cluster: string, host: string): void {
  const endpoints = dump.find('endpoint', cluster);
  const [group] = endpoints.endpoints as Json[];
  const [first] = (group?.lb_endpoints ?? []) as Json[];
  endpoints.endpoints = [{ lb_endpoints: [{ ...first, ...lbEndpoint(host) }] }];
}

/** A listener whose only route leads to a cluster. */
function httpListener(port: number, cluster: string, more: Json = {}): Json {
  const routes = [{ match: { prefix: '/' }, route: { cluster } }];
  const hcm = extension(
    'envoy.filters.network.http_connection_manager',
    'envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager',
    {
      use_remote_address: true,
      route_config: { name: `http.${port}`, virtual_hosts: [{ name: 'all', domains: ['*'], routes }] },
      http_filters: [{ name: 'envoy.filters.http.router' }],
      ...more,
    },
  );
  return { name: `0.0.0.0_${port}`, address: address('0.0.0.0', port), filter_chains: [chain([hcm])] };
}

describe('AUTO_PASSTHROUGH', () => {
  /** productpage reaches reviews of another network through a gateway that does not end its TLS. */
  async function acrossNetworks(serverName: string) {
    const client = new EditedDump(MESH, 'productpage');
    moveTo(client, REVIEWS, `${GATEWAY_IP}:15443`);
    const gateway = new EditedDump(MESH, 'istio-ingress');
    gateway.add('listener', {
      name: '0.0.0.0_15443',
      address: address('0.0.0.0', 15443),
      listener_filters: [TLS_INSPECTOR],
      filter_chains: [chain([tcp(DNAT)], { filter_chain_match: { server_names: [serverName] } })],
    });
    gateway.add('cluster', { name: DNAT, type: 'EDS' });
    gateway.add('endpoint', assignment(DNAT, [lbEndpoint('10.244.1.14:9080')]));
    return proxiesOf(client, gateway, new EditedDump(MESH, 'reviews-v1'));
  }

  it('carries the client’s own TLS, certificate and all, to the server', async () => {
    const proxies = await acrossNetworks(DNAT);
    const result = trace(proxies, 'productpage', { to: 'reviews:8888', path: '/reviews/0', random: 1 });
    expect(legs(result)).toEqual(['productpage forwarded', 'istio forwarded', 'reviews forwarded']);
    expect(result).toMatchObject({ outcome: 'forwarded', peer: { filterChain: null, cluster: DNAT } });
    expect(last(result).request).toMatchObject({ tls: 'mtls', sni: DNAT, from: { principal: PRODUCTPAGE } });
  });

  it('is judged by the server as if the client called it itself', async () => {
    const proxies = await acrossNetworks(DNAT);
    const result = trace(proxies, 'productpage', { to: 'reviews:8888', path: '/admin', random: 1 });
    expect(result).toMatchObject({ outcome: 'responded', responseCode: 403, reason: 'rbac_denied', endedBy: 'server' });
    expect(result.sentence).toContain(PRODUCTPAGE);
    expect(result.peer).toMatchObject({ client: { outcome: 'forwarded' }, endedBy: 'server' });
  });

  it('closes where no chain takes the SNI', async () => {
    const proxies = await acrossNetworks('outbound_.8888_._.other.default.svc.cluster.local');
    const result = trace(proxies, 'productpage', { to: 'reviews:8888', random: 1 });
    expect(result).toMatchObject({
      outcome: 'closed',
      reason: 'no_filter_chain',
      endedBy: 'server',
      responseCode: 503,
    });
  });

  it('takes the cluster from the SNI by a filter, as Istio 1.1 does', async () => {
    const gateway = new EditedDump(MESH, 'istio-ingress');
    const sni = extension(
      'envoy.filters.network.sni_cluster',
      'envoy.extensions.filters.network.sni_cluster.v3.SniCluster',
    );
    gateway.add('listener', {
      name: '0.0.0.0_15443',
      address: address('0.0.0.0', 15443),
      listener_filters: [TLS_INSPECTOR],
      filter_chains: [chain([sni, tcp('BlackHoleCluster')])],
    });
    gateway.add('cluster', { name: DNAT, type: 'EDS' });
    gateway.add('endpoint', assignment(DNAT, [lbEndpoint('10.244.1.14:9080')]));
    const proxies = await proxiesOf(gateway, new EditedDump(MESH, 'reviews-v1'));
    const request: TraceRequest = {
      ip: GATEWAY_IP,
      port: 15443,
      tls: 'mtls',
      sni: DNAT,
      path: '/reviews/0',
      from: { principal: PRODUCTPAGE },
    };
    const result = trace(proxies, 'istio-ingress', request);
    expect(legs(result)).toEqual(['istio forwarded', 'reviews forwarded']);
    expect(result.cluster).toBe(DNAT);
  });
});

describe('an egress gateway', () => {
  const OUTSIDE = 'outbound|443||api.outside.example';
  const EGRESS = 'outbound|80||istio-egressgateway.istio-system.svc.cluster.local';

  /** A sidecar’s calls of a host outside go to the gateway by mutual TLS, and from there out by TLS. */
  async function mesh() {
    const client = new EditedDump(MESH, 'productpage');
    const toGateway = JSON.stringify({ ...client.find('cluster', REVIEWS), name: EGRESS, eds_cluster_config: {} });
    client.add(
      'cluster',
      JSON.parse(
        toGateway
          .replaceAll('/sa/bookinfo-reviews', '/sa/istio-ingressgateway-service-account')
          .replaceAll('/ns/default/sa/istio', '/ns/istio-system/sa/istio'),
      ) as Json,
    );
    const labelled = { metadata: { filter_metadata: { 'envoy.transport_socket_match': { tlsMode: 'istio' } } } };
    client.add('endpoint', assignment(EGRESS, [lbEndpoint(`${GATEWAY_IP}:8090`, labelled)]));
    const table = client.find('route', '80');
    (table.virtual_hosts as Json[]).unshift({
      name: 'api.outside.example:80',
      domains: ['api.outside.example'],
      routes: [{ match: { prefix: '/' }, route: { cluster: EGRESS } }],
    });
    const gateway = new EditedDump(MESH, 'istio-ingress');
    const [https] = (gateway.find('listener', '0.0.0.0_8443').filter_chains ?? []) as Json[];
    const listener = httpListener(8090, OUTSIDE);
    const [plain] = listener.filter_chains as Json[];
    const socket = JSON.parse(JSON.stringify(https?.transport_socket)) as { typed_config: Json };
    socket.typed_config.common_tls_context = { tls_certificate_sds_secret_configs: [{ name: 'default' }] };
    socket.typed_config.require_client_certificate = true;
    gateway.add('listener', {
      ...listener,
      listener_filters: [TLS_INSPECTOR],
      filter_chains: [{ ...plain, transport_socket: socket }],
    });
    gateway.add('cluster', {
      name: OUTSIDE,
      type: 'STRICT_DNS',
      load_assignment: assignment(OUTSIDE, [lbEndpoint('api.outside.example:443')]),
      transport_socket: extension('tls', 'envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext', {
        sni: 'api.outside.example',
      }),
    });
    return proxiesOf(client, gateway);
  }

  it('is one leg, and the server outside is none', async () => {
    const result = trace(await mesh(), 'productpage', { to: 'http://api.outside.example/v1' });
    expect(legs(result)).toEqual(['productpage forwarded', 'istio forwarded']);
    expect(result).toMatchObject({ outcome: 'forwarded', cluster: EGRESS, endedBy: 'server' });
    expect(result.peer).toMatchObject({
      cluster: OUTSIDE,
      request: {
        direction: 'gateway',
        tls: 'mtls',
        host: 'api.outside.example',
        path: '/v1',
        from: { namespace: 'default' },
      },
    });
    expect(result.sentence).toContain('api.outside.example');
  });
});

describe('loops', () => {
  it('of two gateways that send to each other are found', async () => {
    const first = new EditedDump(MESH, 'istio-ingress');
    const second = new EditedDump(MESH, 'istio-ingress');
    second.node.id = 'router~10.244.2.6~egress-1.istio-system~istio-system.svc.cluster.local';
    second.node.metadata = {};
    for (const [dump, to] of [
      [first, '10.244.2.6:9100'],
      [second, `${GATEWAY_IP}:9100`],
    ] as const) {
      dump.add('listener', httpListener(9100, 'other'));
      dump.add('cluster', { name: 'other', type: 'STATIC', load_assignment: assignment('other', [lbEndpoint(to)]) });
    }
    const proxies = await proxiesOf(first, second);
    const result = trace(proxies, 'istio-ingress', { to: 'http://loop.example:9100/' });
    expect(result).toMatchObject({ outcome: 'closed', reason: 'loop' });
    expect(result.sentence).toMatch(/istio-ingressgateway\S+ → egress-1\S+ → istio-ingressgateway/);
  });
});

describe('x-forwarded-for', () => {
  const FROM_OFFICE = {
    permissions: [{ any: true }],
    principals: [{ remote_ip: { address_prefix: '198.51.100.0', prefix_len: 24 } }],
  };

  /** reviews admits the office’s addresses alone, and trusts so many proxies before the gateway, which trusts one. */
  async function mesh(trustedHops: number) {
    const gateway = new EditedDump(MESH, 'istio-ingress');
    moveTo(gateway, REVIEWS, '10.244.1.14:9080');
    gateway.add('listener', httpListener(9100, REVIEWS, { xff_num_trusted_hops: 1 }));
    const server = new EditedDump(MESH, 'reviews-v1');
    const rules = { action: 'ALLOW', policies: { 'ns[default]-policy[office]-rule[0]': FROM_OFFICE } };
    for (const { filters } of server.find('listener', 'virtualInbound').filter_chains as Json[]) {
      const configs = (filters as Json[]).map(filter => filter.typed_config as Json);
      const hcm = configs.find(config => config.http_filters !== undefined);
      if (hcm === undefined) continue;
      hcm.xff_num_trusted_hops = trustedHops;
      for (const filter of hcm.http_filters as Json[])
        if (filter.name === 'envoy.filters.http.rbac') (filter.typed_config as Json).rules = rules;
    }
    return proxiesOf(gateway, server);
  }

  it.each([
    ['the client’s own address', 0, '198.51.100.7', undefined, 'forwarded'],
    ['another client', 0, '203.0.113.9', undefined, 'responded'],
    ['what a client writes into the header itself', 0, '203.0.113.9', '198.51.100.7', 'responded'],
    ['what a trusted proxy says of its client', 1, '203.0.113.9', '198.51.100.7', 'forwarded'],
    ['what that client had written', 1, '203.0.113.9', '198.51.100.7, 192.0.2.1', 'responded'],
  ])('%s', async (_, hops, ip, header, outcome) => {
    const headers: Record<string, string> = header === undefined ? {} : { 'x-forwarded-for': header };
    const request: TraceRequest = { to: 'http://shop.example:9100/reviews/0', from: { ip }, headers };
    const result = trace(await mesh(hops), 'istio-ingress', request);
    const forwarded = [...(header === undefined ? [] : [header]), ip].join(',');
    expect(result.peer).toMatchObject({ outcome, reason: outcome === 'forwarded' ? null : 'rbac_denied' });
    expect(result.peer?.request.headers).toMatchObject({ 'x-forwarded-for': forwarded });
  });
});
