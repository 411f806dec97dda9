import { describe, expect, it } from 'vitest';
import type { TraceRequest } from '../../../src/trace/request.js';
import { traceRequest } from '../../../src/trace/trace.js';
import { chain, extension, listener, staticCluster, TLS_INSPECTOR, tcp } from '../../support/messages.js';
import { GATEWAY, type Json, minimalProxy } from '../../support/minimal-proxy.js';

const NETWORK = 'envoy.extensions.filters.network';

async function through(filters: readonly Json[], request: TraceRequest = {}, clusters: readonly string[] = ['a', 'b']) {
  const proxy = await minimalProxy({
    node: GATEWAY,
    listeners: [listener(80, [chain(filters)], { listener_filters: [TLS_INSPECTOR] })],
    clusters: clusters.map(name => staticCluster(name, ['10.0.0.9:80'])),
  });
  return traceRequest(proxy, { ip: '10.0.0.2', port: 80, protocol: 'tcp', ...request });
}

function network(kind: string, config: Json = {}): Json {
  return extension(`envoy.filters.network.${kind}`, `${NETWORK}.${kind}.v3.Config`, config);
}

describe('the TCP proxy', () => {
  it('takes its cluster', async () => {
    expect(await through([tcp('a')])).toMatchObject({ outcome: 'forwarded', cluster: 'a' });
  });

  const weighted = network('tcp_proxy', {
    weighted_clusters: {
      clusters: [
        { name: 'a', weight: 30 },
        { name: 'b', weight: 70 },
      ],
    },
    idle_timeout: '3600s',
    max_connect_attempts: 10,
  });

  it('follows weighted clusters with their shares', async () => {
    const result = await through([weighted]);
    expect(result.weightedClusters.map(({ name, share }) => [name, share])).toEqual([
      ['b', 0.7],
      ['a', 0.3],
    ]);
  });

  it.each([
    [29, 'a'],
    [30, 'b'],
    [129, 'a'],
  ])('picks by the random value %i', async (random, cluster) => {
    const result = await through([weighted], { random });
    expect(result.cluster).toBe(cluster);
    const details = result.steps.find(({ hop }) => hop === 'action')?.details;
    expect(details).toEqual(expect.arrayContaining(['idle timeout 3600s', 'connects up to 10 times']));
  });

  it('is undetermined in a form that is not known (deprecated_v1)', async () => {
    const result = await through([network('tcp_proxy', { deprecated_v1: { routes: [] } })]);
    expect(result).toMatchObject({
      outcome: 'undetermined',
      missing: ['a TCP proxy without cluster or weighted_clusters'],
    });
  });

  it('assumes that a tunnel opens', async () => {
    const { assumptions } = await through([tcp('a', { tunneling_config: { hostname: 'far:443' } })]);
    expect(assumptions).toContain('the connection is tunnelled by CONNECT to far:443');
  });

  it('ends at a cluster that is not there', async () => {
    expect(await through([tcp('gone')])).toMatchObject({
      outcome: 'closed',
      reason: 'no_cluster',
      responseCode: null,
      responseFlag: 'NC',
    });
  });
});

describe('the cluster by SNI', () => {
  const sni = network('sni_cluster');
  const rewriteGlobal = network('tcp_cluster_rewrite', {
    cluster_pattern: '\\.global$',
    cluster_replacement: '.svc.cluster.local',
  });

  it.each<[string, Json[], TraceRequest, string]>([
    ['the SNI', [sni, tcp('b')], { tls: 'mtls', sni: 'a' }, 'a'],
    ['the TCP proxy’s own without SNI', [sni, tcp('b')], { tls: 'mtls', sni: '' }, 'b'],
    [
      'the SNI rewritten',
      [sni, rewriteGlobal, tcp('b')],
      { tls: 'mtls', sni: 'outbound_.80_._.x.n.global' },
      'outbound_.80_._.x.n.svc.cluster.local',
    ],
    ['nothing rewritten without SNI', [sni, rewriteGlobal, tcp('b')], { tls: 'mtls', sni: '' }, 'b'],
  ])('is %s', async (_, filters, request, cluster) => {
    expect((await through(filters, request)).cluster).toBe(cluster);
  });

  const setting = (inline_string: string, object_key = 'envoy.tcp_proxy.cluster'): Json =>
    network('set_filter_state', {
      on_new_connection: [{ object_key, format_string: { text_format_source: { inline_string } } }],
    });

  it.each<[string, Json[], TraceRequest, string | null]>([
    ['what filter state names', [setting('a'), tcp('b')], {}, 'a'],
    ['the SNI by filter state', [setting('%REQUESTED_SERVER_NAME%'), tcp('b')], { tls: 'mtls', sni: 'a' }, 'a'],
    ['not what other filter state says', [setting('a', 'other'), tcp('b')], {}, 'b'],
    ['open where only Envoy knows it', [setting('%START_TIME%'), tcp('b')], {}, null],
  ])('is %s', async (_, filters, request, cluster) => {
    expect((await through(filters, request)).cluster).toBe(cluster);
  });
});

describe('proxies of other protocols', () => {
  const thrift = (cluster: string): Json => ({ match: { method_name: '' }, route: { cluster } });

  it.each<[string, Json, string]>([
    ['redis', network('redis_proxy', { prefix_routes: { catch_all_route: { cluster: 'a' } } }), 'a'],
    ['redis, v2', network('redis_proxy', { cluster: 'a' }), 'a'],
    ['thrift', network('thrift_proxy', { route_config: { routes: [thrift('a')] } }), 'a'],
    ['dubbo', network('dubbo_proxy', { route_config: [{ routes: [thrift('a')] }] }), 'a'],
    ['rocketmq', network('rocketmq_proxy', { route_config: { routes: [thrift('a')] } }), 'a'],
    ['kafka', network('kafka_mesh', { upstream_clusters: [{ cluster_name: 'a' }] }), 'a'],
  ])('%s with one cluster', async (_, filter, cluster) => {
    const result = await through([filter]);
    expect(result).toMatchObject({ outcome: 'forwarded', cluster });
    expect(result.assumptions.join()).toContain('understands what the client sends');
  });

  it('do not guess among several clusters', async () => {
    const result = await through([network('thrift_proxy', { route_config: { routes: [thrift('a'), thrift('b')] } })]);
    expect(result.outcome).toBe('undetermined');
    expect(result.sentence).toContain('among a, b');
  });

  it.each(['mongo_proxy', 'mysql_proxy', 'postgres_proxy', 'kafka_broker', 'zookeeper_proxy'])(
    '%s only counts',
    async kind => {
      const result = await through([network(kind), tcp('a')]);
      expect(result).toMatchObject({ outcome: 'forwarded', cluster: 'a' });
      expect(result.sentence).not.toContain(', if ');
    },
  );
});

describe('RBAC on the connection', () => {
  const from = (prefix: string): Json => ({ direct_remote_ip: { address_prefix: prefix, prefix_len: 24 } });
  const rbac = (action: string, principal: Json, more: Json = {}): Json =>
    network('rbac', {
      rules: { action, policies: { p: { permissions: [{ any: true }], principals: [principal] } } },
      ...more,
    });
  const client: TraceRequest = { from: { ip: '192.0.2.7' } };

  it.each<[string, Json, TraceRequest, string | null]>([
    ['allows', rbac('ALLOW', from('192.0.2.0')), client, null],
    [
      'denies what no ALLOW takes',
      rbac('ALLOW', from('203.0.113.0')),
      client,
      'rbac_access_denied_matched_policy[none]',
    ],
    ['denies', rbac('DENY', from('192.0.2.0')), client, 'rbac_access_denied_matched_policy[p]'],
    ['sees no headers', rbac('DENY', { header: { name: ':path', present_match: true } }), client, null],
    ['without rules enforces nothing', network('rbac'), client, null],
    ['only tells what shadow rules say', network('rbac', { shadow_rules: { action: 'ALLOW' } }), client, null],
    [
      'takes a plaintext client for one without principal',
      rbac('ALLOW', { authenticated: {} }),
      client,
      'rbac_access_denied_matched_policy[none]',
    ],
  ])('%s', async (_, filter, request, responseCodeDetails) => {
    const result = await through([filter, tcp('a')], request);
    expect(result).toMatchObject({
      outcome: responseCodeDetails === null ? 'forwarded' : 'closed',
      reason: responseCodeDetails === null ? null : 'rbac_denied',
      responseCodeDetails,
    });
  });

  it('asks for the client’s address where nobody gave it', async () => {
    const result = await through([rbac('ALLOW', from('192.0.2.0')), tcp('a')]);
    expect(result).toMatchObject({ outcome: 'undetermined', reason: 'missing_evidence' });
  });

  it('tells when it closes late', async () => {
    const { steps } = await through([rbac('DENY', from('192.0.2.0'), { delay_deny: '3s' }), tcp('a')], client);
    expect(steps.at(-1)?.details).toEqual(['the connection is closed after 3s (delay_deny)']);
  });
});

describe('clusters that come on demand', () => {
  const onDemand = { on_demand: { odcds_config: { ads: {} } } };

  it.each<[string, string, string]>([
    ['are not known before', 'gone', 'undetermined'],
    ['are known once they are there', 'a', 'forwarded'],
  ])('%s', async (_, cluster, outcome) => {
    expect((await through([tcp(cluster, onDemand)])).outcome).toBe(outcome);
  });
});

describe('filters that may close', () => {
  const grpc = { grpc_service: { envoy_grpc: { cluster_name: 'authz' } } };

  it.each<[string, Json, string | null]>([
    ['ext_authz', network('ext_authz', grpc), 'ext_authz at cluster authz allows it'],
    ['ratelimit', network('ratelimit', { rate_limit_service: grpc }), 'ratelimit at cluster authz allows it'],
    ['ext_proc', network('ext_proc', grpc), 'ext_proc at cluster authz allows it'],
    ['local_ratelimit', network('local_ratelimit'), 'network filter envoy.filters.network.local_ratelimit allows it'],
    ['local_ratelimit that is off', network('local_ratelimit', { runtime_enabled: { default_value: false } }), null],
    [
      'wasm',
      network('wasm', { config: { vm_config: { runtime: 'envoy.wasm.runtime.v8' } } }),
      'network filter envoy.filters.network.wasm allows it',
    ],
    ['wasm that is built in', network('wasm', { config: { vm_config: { runtime: 'envoy.wasm.runtime.null' } } }), null],
    ['mixer', { name: 'mixer', config: {} }, 'Mixer allows it'],
    ['mixer without checks', { name: 'mixer', config: { disable_check_calls: true } }, null],
    [
      'metadata exchange',
      {
        name: 'istio.metadata_exchange',
        typed_config: { '@type': 'type.googleapis.com/envoy.tcp.metadataexchange.config.MetadataExchange' },
      },
      null,
    ],
    ['one that is not known', extension('mine', 'example.Mine'), 'network filter mine lets it pass'],
  ])('%s', async (_, filter, condition) => {
    const { sentence, outcome } = await through([filter, tcp('a')]);
    expect(outcome).toBe('forwarded');
    if (condition === null) expect(sentence).not.toContain(', if ');
    else expect(sentence).toContain(`, if ${condition}.`);
  });
});

describe('chains that go nowhere', () => {
  it('closes without filters', async () => {
    expect(await through([])).toMatchObject({ outcome: 'closed', reason: 'no_filters' });
  });

  it.each(['direct_response', 'echo'])('%s answers itself', async kind => {
    expect(await through([network(kind)])).toMatchObject({
      outcome: 'responded',
      reason: 'direct_response',
      responseCode: null,
    });
  });

  it('names filters of which none decides', async () => {
    expect(await through([extension('mine', 'example.Mine')])).toMatchObject({
      outcome: 'undetermined',
      missing: ['network filter example.Mine'],
    });
  });
});
