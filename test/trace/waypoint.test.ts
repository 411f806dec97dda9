import { describe, expect, it } from 'vitest';
import { traceRequest } from '../../src/trace/trace.js';
import { proxyWith } from '../support/dump.js';

const NETWORK = 'type.googleapis.com/envoy.extensions.filters.network';
const INPUT = 'type.googleapis.com/envoy.extensions.matching.common_inputs.network.v3';
const CLUSTER = 'inbound-vip|8000|http|httpbin.default.svc.cluster.local';
/** Istio calls the chain by its cluster, and called it so before. */
const CHAIN = CLUSTER;
const OLD_CHAIN = 'inbound-vip|8000||httpbin.default.svc.cluster.local-http';

function byInput(input: string, body: object): object {
  return { matcher_tree: { input: { name: input, typed_config: { '@type': `${INPUT}.${input}` } }, ...body } };
}

function toChain(name: string): object {
  return {
    action: { name, typed_config: { '@type': 'type.googleapis.com/google.protobuf.StringValue', value: name } },
  };
}

/** A service's address, and the chain that its port leads to. */
function atAddress(ip: string, chain: string): object {
  const byPort = byInput('DestinationPortInput', { exact_match_map: { map: { '8000': toChain(chain) } } });
  return { ranges: [{ address_prefix: ip, prefix_len: 32 }], on_match: { matcher: byPort } };
}

/** By the service's address; else by what the tunnel's CONNECT asks for. The first service's name begins as the second's. */
function byAddress(chain: string): object {
  const config = {
    '@type': 'type.googleapis.com/xds.type.matcher.v3.IPMatcher',
    range_matchers: [atAddress('10.96.0.7', chain.replace('.local', '.local.example')), atAddress('10.96.0.8', chain)],
  };
  const state = byInput('FilterStateInput', {
    exact_match_map: { map: { 'httpbin.default.svc.cluster.local:8000': toChain(chain) } },
  }) as { matcher_tree: { input: { typed_config: Record<string, unknown> } } };
  state.matcher_tree.input.typed_config.key = 'envoy.filters.listener.original_dst.local_ip';
  return {
    ...byInput('DestinationIPInput', { custom_match: { name: 'ip', typed_config: config } }),
    on_no_match: { matcher: state },
  };
}

const rbac = {
  name: 'envoy.filters.http.rbac',
  typed_config: {
    '@type': 'type.googleapis.com/envoy.extensions.filters.http.rbac.v3.RBAC',
    rules: {
      policies: {
        'ns[default]-policy[httpbin]-rule[0]': {
          permissions: [{ any: true }],
          principals: [
            {
              filter_state: {
                key: 'io.istio.peer_principal',
                string_match: { exact: 'spiffe://cluster.local/ns/default/sa/curl' },
              },
            },
          ],
        },
      },
    },
  },
};

const hcm = {
  '@type': `${NETWORK}.http_connection_manager.v3.HttpConnectionManager`,
  route_config: {
    name: CLUSTER,
    virtual_hosts: [
      { name: 'inbound|http|8000', domains: ['*'], routes: [{ match: { prefix: '/' }, route: { cluster: CLUSTER } }] },
    ],
  },
  http_filters: [rbac, { name: 'envoy.filters.http.router' }],
};

/** Dials port 15008 of the tunnel's destination, or of the waypoint that the endpoint's metadata name (Istio's buildConnectOriginate). */
const CONNECT_ORIGINATE = {
  name: 'connect_originate',
  type: 'ORIGINAL_DST',
  lb_policy: 'CLUSTER_PROVIDED',
  original_dst_lb_config: {
    upstream_port_override: 15008,
    metadata_key: { key: 'envoy.filters.listener.original_dst', path: [{ key: 'waypoint' }] },
  },
};

function waypoint(chain = CHAIN) {
  return proxyWith({
    node: 'waypoint~10.0.0.9~waypoint-1.default~default.svc.cluster.local',
    listeners: [
      {
        name: 'connect_terminate',
        address: { socket_address: { address: '0.0.0.0', port_value: 15008 } },
        filter_chains: [],
      },
      {
        name: 'main_internal',
        internal_listener: {},
        filter_chain_matcher: byAddress(chain),
        filter_chains: [{ name: chain, filters: [{ name: 'hcm', typed_config: hcm }] }],
      },
      {
        name: 'connect_originate',
        internal_listener: {},
        filter_chains: [
          {
            filters: [
              {
                name: 'tcp',
                typed_config: {
                  '@type': `${NETWORK}.tcp_proxy.v3.TcpProxy`,
                  cluster: 'connect_originate',
                  tunneling_config: { hostname: '%DOWNSTREAM_LOCAL_ADDRESS%' },
                },
              },
            ],
          },
        ],
      },
    ],
    clusters: [{ name: CLUSTER, type: 'EDS' }, CONNECT_ORIGINATE],
    endpoints: [
      {
        cluster_name: CLUSTER,
        endpoints: [
          {
            lb_endpoints: [
              {
                endpoint: {
                  address: {
                    envoy_internal_address: {
                      server_listener_name: 'connect_originate',
                      endpoint_id: '10.0.0.20:8000',
                    },
                  },
                },
                metadata: { filter_metadata: { 'envoy.filters.listener.original_dst': { local: '10.0.0.20:8000' } } },
              },
            ],
          },
        ],
      },
    ],
  });
}

/** A sidecar that sends a service's requests through the waypoint, by HBONE. */
function client(destinations = ['10.96.0.8:8000'], listener = 'connect_originate') {
  const name = 'outbound|8000||httpbin.default.svc.cluster.local';
  const tcp = (cluster: string) => ({
    name: 'tcp',
    typed_config: { '@type': `${NETWORK}.tcp_proxy.v3.TcpProxy`, cluster },
  });
  const address = (ip: string, port: number) => ({ address: { socket_address: { address: ip, port_value: port } } });
  const endpoints = destinations.map(local => ({
    endpoint: { address: { envoy_internal_address: { server_listener_name: listener, endpoint_id: local } } },
    metadata: { filter_metadata: { 'envoy.filters.listener.original_dst': { local, waypoint: '10.0.0.9:15008' } } },
  }));
  return proxyWith({
    node: 'sidecar~10.0.0.5~curl-1.default~default.svc.cluster.local',
    metadata: { SERVICE_ACCOUNT: 'curl', MESH_ID: 'cluster.local' },
    listeners: [
      {
        name: 'virtualOutbound',
        ...address('0.0.0.0', 15001),
        use_original_dst: true,
        filter_chains: [{ filters: [tcp('PassthroughCluster')] }],
      },
      { name: '10.96.0.8_8000', ...address('10.96.0.8', 8000), filter_chains: [{ filters: [tcp(name)] }] },
      { name: 'connect_originate', internal_listener: {}, filter_chains: [{ filters: [tcp('connect_originate')] }] },
    ],
    clusters: [{ name, type: 'EDS' }, CONNECT_ORIGINATE],
    endpoints: [{ cluster_name: name, endpoints: [{ lb_endpoints: endpoints }] }],
  });
}

describe('a waypoint', () => {
  it.each([CHAIN, OLD_CHAIN])('traces from its HBONE entry to its endpoint, by chain %s', async chain => {
    const from = { principal: 'spiffe://cluster.local/ns/default/sa/curl' };
    const result = traceRequest(await waypoint(chain), { to: 'httpbin:8000', from });
    expect(result).toMatchObject({
      outcome: 'forwarded',
      request: { ip: '10.96.0.8' },
      listener: 'main_internal',
      filterChain: chain,
      cluster: CLUSTER,
    });
    expect(result.steps.filter(({ hop }) => hop === 'capture' || hop === 'listener').map(({ name }) => name)).toEqual([
      'connect_terminate',
      'main_internal',
      'connect_originate',
    ]);
    expect(result.endpoints.map(({ address }) => address)).toEqual(['10.0.0.20:15008']);
  });

  it('judges by the identity of the tunnel', async () => {
    const from = { principal: 'spiffe://cluster.local/ns/default/sa/other' };
    const result = traceRequest(await waypoint(), { to: 'httpbin:8000', from });
    expect(result).toMatchObject({ outcome: 'responded', responseCode: 403, reason: 'rbac_denied' });
  });

  it('is undetermined where nobody gave the identity', async () => {
    const result = traceRequest(await waypoint(), { to: 'httpbin:8000' });
    expect(result).toMatchObject({ outcome: 'undetermined', reason: 'missing_evidence' });
    expect(result.missing.join()).toContain('principal');
  });

  it('gets a sidecar’s request through the tunnel, with the sidecar’s identity', async () => {
    const result = traceRequest(await client(), { to: '10.96.0.8:8000' }, 1, { proxies: [await waypoint()] });
    expect(result).toMatchObject({
      outcome: 'forwarded',
      peer: { proxy: 'waypoint-1.default', outcome: 'forwarded', cluster: CLUSTER },
    });
    expect(result.endpoints).toMatchObject([{ address: '10.0.0.9:15008' }]);
    expect(result.peer?.request).toMatchObject({
      ip: '10.96.0.8',
      port: 8000,
      from: { principal: 'spiffe://cluster.local/ns/default/sa/curl' },
    });
  });

  it('is reached by every endpoint that a tunnel leads to, each with its share', async () => {
    const result = traceRequest(await client(['10.0.0.20:8000', '10.0.0.21:8000']), { to: '10.96.0.8:8000' });
    expect(result.outcome).toBe('forwarded');
    expect(result.endpoints.map(({ address, share }) => [address, share])).toEqual([
      ['10.0.0.9:15008', 0.5],
      ['10.0.0.9:15008', 0.5],
    ]);
    expect(result.steps.find(({ hop }) => hop === 'endpoints')?.details).toContain(
      'envoy://connect_originate/10.0.0.20:8000 HEALTHY, 50%',
    );
  });

  it('is not where an endpoint names an internal listener that is not there', async () => {
    const result = traceRequest(await client(['10.0.0.20:8000'], 'gone'), { to: '10.96.0.8:8000' });
    expect(result).toMatchObject({ outcome: 'closed', reason: 'no_listener', responseFlag: 'UF' });
    expect(result.steps.at(-1)).toMatchObject({ status: 'rejected', pointer: null, evidence: [{ kind: 'cluster' }] });
  });

  it('closes what its matcher knows no chain for', async () => {
    expect(traceRequest(await waypoint(), { ip: '10.96.0.9', port: 8000 })).toMatchObject({
      outcome: 'closed',
      reason: 'no_filter_chain',
    });
  });
});
