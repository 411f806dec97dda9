import { describe, expect, it } from 'vitest';
import {
  assignment,
  chain,
  edsCluster,
  extension,
  lbEndpoint,
  listener,
  ROUTER,
  TLS_INSPECTOR,
  tcp,
  virtualOutbound,
} from '../../support/messages.js';
import { type Json, minimalProxy } from '../../support/minimal-proxy.js';
import { checked, line, traced } from '../support/findings.js';
import { from, outbound, PASSTHROUGH, rds, service, table } from '../support/mesh.js';

const RBAC = 'envoy.extensions.filters.http.rbac.v3.RBAC';
const HCM = 'envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager';
const POLICY = 'ns[default]-policy[readers]-rule[0]';
const ANY = { permissions: [{ any: true }], principals: [{ any: true }] };
const NOTHING = { permissions: [{ not_rule: { any: true } }], principals: [{ not_id: { any: true } }] };
const TOKEN = {
  metadata: {
    filter: 'envoy.filters.http.jwt_authn',
    path: [{ key: 'payload' }, { key: 'iss' }],
    value: { string_match: { safe_regex: { regex: '.+' } } },
  },
};
const PRINCIPAL = { authenticated: { principal_name: { exact: 'spiffe://cluster.local/ns/default/sa/web' } } };

/** A server’s sidecar with HTTP filters in front of its application. */
function server(filters: readonly Json[], inbound: Json = {}, warmingSecrets: readonly string[] = []) {
  const routes = [{ match: { prefix: '/' }, route: { cluster: 'inbound|8080||' } }];
  const hcm = extension('envoy.filters.network.http_connection_manager', HCM, {
    route_config: { name: 'inbound|8080||', virtual_hosts: [{ name: 'inbound|http|80', domains: ['*'], routes }] },
    http_filters: [...filters, ROUTER],
  });
  return minimalProxy({
    node: { id: 'sidecar~10.0.0.2~shop-1.default~default.svc.cluster.local', metadata: { SERVICE_ACCOUNT: 'shop' } },
    listeners: [
      listener(15006, [chain([hcm], inbound)], { name: 'virtualInbound', listener_filters: [TLS_INSPECTOR] }),
    ],
    clusters: [{ name: 'inbound|8080||', type: 'ORIGINAL_DST' }],
    warmingSecrets,
  });
}

/** A chain that takes mutual TLS alone. */
const STRICT: Json = {
  filter_chain_match: { transport_protocol: 'tls' },
  transport_socket: extension('tls', 'envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext', {
    require_client_certificate: true,
    common_tls_context: { tls_certificate_sds_secret_configs: [{ name: 'default' }] },
  }),
};

function rbac(policies: Json, action?: string): Json {
  return extension('envoy.filters.http.rbac', RBAC, {
    rules: { ...(action === undefined ? {} : { action }), policies },
  });
}

/** A waypoint with one service, in front of which an AuthorizationPolicy stands; its other addresses have no chain. */
function waypoint() {
  const name = 'inbound-vip|80|http|shop.default.svc.cluster.local';
  const input = { name: 'ip', typed_config: { '@type': `${NETWORK_INPUTS}.DestinationIPInput` } };
  const action = { name, typed_config: { '@type': 'type.googleapis.com/google.protobuf.StringValue', value: name } };
  const hcm = extension('envoy.filters.network.http_connection_manager', HCM, {
    route_config: { name, virtual_hosts: [{ name: 'inbound|http|80', domains: ['*'], routes: [] }] },
    http_filters: [rbac({ [POLICY]: { ...ANY, principals: [PRINCIPAL] } }), ROUTER],
  });
  return minimalProxy({
    node: { id: 'waypoint~10.0.0.9~waypoint-1.default~default.svc.cluster.local' },
    listeners: [
      listener(15008, [], { name: 'connect_terminate' }),
      {
        name: 'main_internal',
        internal_listener: {},
        filter_chain_matcher: { matcher_tree: { input, exact_match_map: { map: { '10.96.0.8': { action } } } } },
        filter_chains: [chain([hcm], { name })],
      },
    ],
  });
}

const NETWORK_INPUTS = 'type.googleapis.com/envoy.extensions.matching.common_inputs.network.v3';

const CALL = { direction: 'inbound', ip: '10.0.0.2', port: 8080, host: 'shop' } as const;

describe('RBAC', () => {
  const object = 'AuthorizationPolicy default/readers';

  it.each<[string, Json, Json, string[]]>([
    ['a DENY that matches', rbac({ [POLICY]: ANY }, 'DENY'), {}, [`error rbac-denies ${object}`]],
    [
      'an ALLOW of another caller',
      rbac({ [POLICY]: { ...ANY, principals: [PRINCIPAL] } }),
      {},
      [`error rbac-denies ${object}`],
    ],
    ['an ALLOW of everybody', rbac({ [POLICY]: ANY }), {}, []],
    [
      'an ALLOW of nothing',
      rbac({ [POLICY]: NOTHING }),
      {},
      [`error rbac-allow-nothing ${object}`, `error rbac-denies ${object}`],
    ],
    [
      'a DENY without a token',
      rbac({ [POLICY]: { ...ANY, principals: [{ not_id: TOKEN }] } }, 'DENY'),
      {},
      [`error jwt-required ${object}`, `error rbac-denies ${object}`],
    ],
    [
      'an ALLOW with a token',
      rbac({ [POLICY]: { ...ANY, principals: [TOKEN] } }),
      {},
      [`error jwt-required ${object}`, `error rbac-denies ${object}`],
    ],
  ])('%s', async (_, filter, more, expected) => {
    expect(traced({ ...CALL, ...more }, await server([filter])).map(line)).toEqual(expected);
  });

  it('tells which rule allows whom, and who asked', async () => {
    const filter = rbac({ [POLICY]: { ...ANY, principals: [PRINCIPAL] } });
    const caller = { tls: 'mtls', from: { principal: 'spiffe://cluster.local/ns/default/sa/cart' } } as const;
    const [first] = traced({ ...CALL, ...caller }, await server([filter], STRICT));
    expect(first?.why).toContain('rule 0 of default/readers');
    expect(first?.why).toContain('spiffe://cluster.local/ns/default/sa/cart');
    const [plain] = traced(CALL, await server([filter]));
    expect(plain?.why).toContain('The client came without mutual TLS and has no principal.');
  });

  it('an ALLOW of nothing is worth knowing in a check, and nothing beside one that allows', async () => {
    const only = await server([rbac({ [POLICY]: NOTHING })]);
    expect(checked('rbac-allow-nothing', only).map(line)).toEqual([`info rbac-allow-nothing ${object}`]);
    const both = await server([rbac({ [POLICY]: NOTHING, other: ANY })]);
    expect(checked('rbac-allow-nothing', both)).toEqual([]);
  });

  it('a dry run', async () => {
    const filter = extension('envoy.filters.http.rbac', RBAC, {
      shadow_rules: { policies: { [POLICY]: { ...ANY, principals: [PRINCIPAL] } } },
    });
    const [first] = traced(CALL, await server([filter]));
    expect(line(first as never)).toBe(`info rbac-shadow-would-deny ${object}`);
  });

  it('a role of Istio before 1.6 stands under its own name', async () => {
    const [first] = traced(CALL, await server([rbac({ 'shop-viewer': ANY }, 'DENY')]));
    expect(line(first as never)).toBe('error rbac-denies ServiceRole default/shop-viewer');
  });
});

describe('mtls-mismatch and san-mismatch', () => {
  function mutual(...names: string[]): Json {
    return {
      transport_socket: extension('tls', 'envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext', {
        common_tls_context: {
          tls_certificate_sds_secret_configs: [{ name: 'default' }],
          combined_validation_context: {
            default_validation_context: { match_subject_alt_names: names.map(exact => ({ exact })) },
          },
        },
      }),
    };
  }

  function client(cluster: Json) {
    const { cluster: message, endpoints } = service('shop', ['10.0.0.2:8080'], {
      ...from('destination-rule', 'shop'),
      ...cluster,
    });
    return minimalProxy({
      listeners: [virtualOutbound(), listener(80, [chain([rds('80')])])],
      routes: [table(80, 'shop', [{ match: { prefix: '/' }, route: { cluster: outbound('shop') } }])],
      clusters: [PASSTHROUGH, message],
      endpoints: [endpoints],
    });
  }

  const SHOP_ID = 'spiffe://cluster.local/ns/default/sa/shop';

  it.each<[string, Json, Json, string[]]>([
    ['plaintext to STRICT', {}, STRICT, ['error mtls-mismatch DestinationRule default/shop']],
    ['mutual TLS to STRICT', mutual(SHOP_ID), STRICT, []],
    ['mutual TLS to plaintext', mutual(SHOP_ID), {}, ['error mtls-mismatch DestinationRule default/shop']],
    ['plaintext to plaintext', {}, {}, []],
    [
      'another identity',
      mutual('spiffe://cluster.local/ns/default/sa/other'),
      STRICT,
      ['error san-mismatch DestinationRule default/shop'],
    ],
    ['any identity', mutual(), STRICT, []],
  ])('%s', async (_, cluster, inbound, expected) => {
    const both = [await client(cluster), await server([], inbound)] as const;
    const found = [...checked('mtls-mismatch', ...both), ...checked('san-mismatch', ...both)];
    expect(found.map(line)).toEqual(expected);
    const [first] = traced({ to: 'shop:80' }, ...both);
    if (expected.length > 0) expect(line(first as never)).toBe(expected[0]);
  });

  it('names the server’s policy where no client is shown', async () => {
    const [first] = traced(CALL, await server([], STRICT));
    expect(first).toMatchObject({
      code: 'mtls-mismatch',
      resource: { kind: 'PeerAuthentication', namespace: 'default' },
    });
  });

  describe('mutual TLS to a pod without a sidecar', () => {
    const MESH_ROOT = { combined_validation_context: { validation_context_sds_secret_config: { name: 'ROOTCA' } } };
    const ofMesh: Json = {
      transport_socket: extension('tls', 'envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext', {
        common_tls_context: { tls_certificate_sds_secret_configs: [{ name: 'default' }], ...MESH_ROOT },
      }),
    };
    const labelled = { metadata: { filter_metadata: { 'envoy.transport_socket_match': { tlsMode: 'istio' } } } };

    async function found(label: Json, elsewhere: Json) {
      const rule = { ...from('destination-rule', 'shop'), ...ofMesh };
      const own = await minimalProxy({
        clusters: [edsCluster(outbound('shop'), rule), edsCluster(outbound('other'))],
        endpoints: [
          assignment(outbound('shop'), [lbEndpoint('10.0.0.7:8080', label)]),
          assignment(outbound('other'), [lbEndpoint('10.0.0.8:8080', elsewhere)]),
        ],
      });
      return checked('mtls-mismatch', own).map(line);
    }

    it.each<[string, Json, Json, string[]]>([
      ['that Istio does not label', {}, labelled, ['error mtls-mismatch DestinationRule default/shop']],
      ['that Istio labels', labelled, labelled, []],
      ['where Istio labels none', {}, {}, []],
    ])('%s', async (_, label, elsewhere, expected) => {
      expect(await found(label, elsewhere)).toEqual(expected);
    });
  });

  it('a server whose own certificate has not come refuses for that reason', async () => {
    const waiting = await server([], STRICT, ['default']);
    const both = [await client(mutual(SHOP_ID)), waiting] as const;
    expect(checked('mtls-mismatch', ...both)).toEqual([]);
    expect(traced({ to: 'shop:80' }, ...both).map(line)).toEqual(['error warming-resource Pod default/shop-1']);
  });

  it('an exception for one port is worth knowing', async () => {
    const metrics = service(
      'shop',
      ['10.0.0.2:9090'],
      { ...from('destination-rule', 'shop'), ...mutual(SHOP_ID) },
      9090,
    );
    const { cluster, endpoints } = service('shop', ['10.0.0.2:8080'], {
      ...from('destination-rule', 'shop'),
      ...mutual(SHOP_ID),
    });
    const own = await minimalProxy({ clusters: [cluster, metrics.cluster], endpoints: [endpoints, metrics.endpoints] });
    const plain = chain([tcp('inbound|9090||')], {
      filter_chain_match: { destination_port: 9090, transport_protocol: 'raw_buffer' },
    });
    const tls = chain([tcp('inbound|8080||')], STRICT);
    const there = await minimalProxy({
      node: { id: 'sidecar~10.0.0.2~shop-1.default~default.svc.cluster.local' },
      listeners: [listener(15006, [tls, plain], { name: 'virtualInbound', listener_filters: [TLS_INSPECTOR] })],
      clusters: [{ name: 'inbound|8080||', type: 'ORIGINAL_DST' }],
    });
    expect(checked('mtls-mismatch', own, there).map(line)).toEqual(['info mtls-mismatch DestinationRule default/shop']);
  });
});

describe('at a waypoint', () => {
  const from = { principal: 'spiffe://cluster.local/ns/default/sa/other' };

  it('the client is who the tunnel says', async () => {
    const findings = await traced({ ip: '10.96.0.8', port: 80, from }, await waypoint());
    const denial = findings.find(({ code }) => code === 'rbac-denies');
    expect(denial?.why).toContain(from.principal);
    expect(denial?.why).not.toContain('without mutual TLS');
  });

  it('a connection that it has no chain for is none that lacks mutual TLS', async () => {
    expect((await traced({ ip: '10.96.0.9', port: 80, from }, await waypoint())).map(line)).toEqual([]);
  });
});
