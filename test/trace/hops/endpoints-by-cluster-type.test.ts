import { describe, expect, it } from 'vitest';
import {
  address,
  assignment,
  chain,
  extension,
  hcm,
  lbEndpoint,
  listener,
  route,
  staticCluster,
  tcp,
  virtualHost,
  virtualOutbound,
} from '../../support/messages.js';
import { GATEWAY, type Json } from '../../support/minimal-proxy.js';
import { bad, group, NO_PANIC, reach, shares, web } from './endpoints-parts.js';

function aggregate(...clusters: string[]): Json {
  return {
    name: 'c',
    lb_policy: 'CLUSTER_PROVIDED',
    cluster_type: extension('envoy.clusters.aggregate', 'envoy.extensions.clusters.aggregate.v3.ClusterConfig', {
      clusters,
    }),
  };
}

const badStatic = (name: string, host: string, more: Json = {}): Json => ({
  ...staticCluster(name, [], more),
  load_assignment: assignment(name, [bad(host)]),
});

describe('aggregate clusters', () => {
  it.each<[string, Json[], Record<string, number>, string]>([
    [
      'the first member takes all',
      [aggregate('one', 'two'), staticCluster('one', ['1.1.1.1:1']), staticCluster('two', ['1.1.1.2:1'])],
      { '1.1.1.1:1': 100, '1.1.1.2:1': 0 },
      'forwarded',
    ],
    [
      'the second where the first is down',
      [aggregate('one', 'two'), badStatic('one', '1.1.1.1:1'), staticCluster('two', ['1.1.1.2:1'])],
      { '1.1.1.1:1': 0, '1.1.1.2:1': 100 },
      'forwarded',
    ],
    [
      'a member without hosts is left out',
      [aggregate('one', 'two'), staticCluster('one', []), staticCluster('two', ['1.1.1.2:1'])],
      { '1.1.1.2:1': 100 },
      'forwarded',
    ],
    [
      'a member that does not exist is left out',
      [aggregate('none', 'two'), staticCluster('two', ['1.1.1.2:1'])],
      { '1.1.1.2:1': 100 },
      'forwarded',
    ],
    ['no member with hosts', [aggregate('none')], {}, 'responded'],
  ])('%s', async (_, clusters, expected, outcome) => {
    const result = await reach({ clusters });
    expect([result.outcome, shares(result.endpoints)]).toEqual([outcome, expected]);
    expect(result.cluster).toBe('c');
  });

  it('each member decides by its own threshold whether it ignores health', async () => {
    const clusters = [aggregate('one', 'two'), badStatic('one', '1.1.1.1:1', NO_PANIC), badStatic('two', '1.1.1.2:1')];
    const { outcome, weightedClusters } = await reach({ clusters });
    expect(outcome).toBe('mixed');
    expect(weightedClusters.map(({ share, reason }) => [share, reason])).toEqual([
      [0.5, null],
      [0.5, 'no_healthy_upstream'],
    ]);
  });

  it('tells the members and the TLS of each', async () => {
    const tls = extension(
      'envoy.transport_sockets.tls',
      'envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext',
    );
    const clusters = [
      aggregate('one', 'none', 'two'),
      staticCluster('one', ['1.1.1.1:1'], { transport_socket: tls }),
      staticCluster('two', ['1.1.1.2:1']),
    ];
    const { steps, step } = await reach({ clusters });
    expect(steps.find(({ hop }) => hop === 'upstream-tls')?.why).toBe(
      '1 endpoint (100%): TLS, SNI none; 1 endpoint (0%): plaintext',
    );
    expect(step?.details).toContain(
      'envoy.clusters.aggregate: members in order: one, two, none (does not exist, left out)',
    );
  });
});

describe('cluster types', () => {
  const custom = (type: string, config: Json = {}): Json => ({
    name: 'c',
    cluster_type: extension(type, `envoy.extensions.clusters.${type}`, config),
  });

  it('an extension that is not known is undetermined, by name', async () => {
    const { outcome, missing } = await reach({ clusters: [custom('redis.v3.RedisClusterConfig')] });
    expect([outcome, missing]).toEqual(['undetermined', ['cluster type redis.v3.RedisClusterConfig']]);
  });

  it('unless /clusters shows its hosts', async () => {
    const statuses = [{ name: 'c', host_statuses: [{ address: address('1.1.1.1', 1), health_status: {} }] }];
    const { outcome, endpoints, assumptions } = await reach({
      clusters: [custom('redis.v3.RedisClusterConfig')],
      statuses,
    });
    expect([outcome, shares(endpoints)]).toEqual(['forwarded', { '1.1.1.1:1': 100 }]);
    expect(assumptions).toContain(
      'the cluster type redis.v3.RedisClusterConfig spreads requests as Envoy’s own load balancers do',
    );
  });

  const named = { load_assignment: assignment('c', [lbEndpoint('db.example:1')]) };
  it.each<[string, Json]>([
    ['STRICT_DNS', { name: 'c', type: 'STRICT_DNS', ...named }],
    ['LOGICAL_DNS', { name: 'c', type: 'LOGICAL_DNS', ...named }],
    ['the DNS extension', { ...custom('dns.v3.DnsCluster'), ...named }],
  ])('%s resolves at run time', async (_, cluster) => {
    const { outcome, sentence, assumptions } = await reach({ clusters: [cluster] });
    expect(outcome).toBe('forwarded');
    expect(sentence).toContain('at db.example:1, resolved by DNS');
    expect(assumptions).toContain('DNS resolves the cluster’s hosts');
  });

  it('a DNS name on a later priority gets nothing while the first is there', async () => {
    const groups = [group([lbEndpoint('a.example:1')]), group([lbEndpoint('b.example:1')], { priority: 1 })];
    const cluster = { name: 'c', type: 'STRICT_DNS', load_assignment: { cluster_name: 'c', endpoints: groups } };
    expect(shares((await reach({ clusters: [cluster] })).endpoints)).toEqual({ 'a.example:1': 100, 'b.example:1': 0 });
  });

  it('a dynamic forward proxy dials the host', async () => {
    const { sentence } = await reach(
      { clusters: [custom('dynamic_forward_proxy.v3.ClusterConfig')] },
      { host: 'x.example' },
    );
    expect(sentence).toContain('at x.example, resolved by DNS');
  });
});

describe('original destination', () => {
  const cluster = (config?: Json): Json => ({
    name: 'c',
    type: 'ORIGINAL_DST',
    lb_policy: 'CLUSTER_PROVIDED',
    ...(config === undefined ? {} : { original_dst_lb_config: config }),
  });
  const HEADER = { use_http_header: true };

  it.each<[string, Json | undefined, Record<string, string>, string]>([
    ['where the client wanted to go', undefined, {}, '10.1.1.1:80'],
    ['the header', HEADER, { 'x-envoy-original-dst-host': '10.9.9.9:90' }, '10.9.9.9:90'],
    ['the header is not asked', undefined, { 'x-envoy-original-dst-host': '10.9.9.9:90' }, '10.1.1.1:80'],
    ['the first value only', HEADER, { 'x-envoy-original-dst-host': '10.9.9.9:90, 10.8.8.8:80' }, '10.9.9.9:90'],
    ['another header', { ...HEADER, http_header_name: 'X-Dst' }, { 'x-dst': '[::9]:90' }, '[::9]:90'],
    ['a header that is no address', HEADER, { 'x-envoy-original-dst-host': 'a.example:90' }, '10.1.1.1:80'],
    ['a port for all', { upstream_port_override: 7 }, {}, '10.1.1.1:7'],
    [
      'a port for the header too',
      { ...HEADER, upstream_port_override: 7 },
      { 'x-envoy-original-dst-host': '10.9.9.9:90' },
      '10.9.9.9:7',
    ],
  ])('%s', async (_, config, headers, expected) => {
    const { outcome, endpoints } = await reach({ clusters: [cluster(config)] }, { headers });
    expect([outcome, endpoints.map(endpoint => endpoint.address)]).toEqual(['forwarded', [expected]]);
  });

  it('dynamic metadata is not known', async () => {
    const { outcome, missing } = await reach({
      clusters: [cluster({ metadata_key: { key: 'ns', path: [{ key: 'dst' }] } })],
    });
    expect([outcome, missing]).toEqual(['undetermined', ['dynamic metadata ns/dst']]);
  });

  it('nothing restores it at a gateway: 503 UH', async () => {
    const { reason } = await reach({ node: GATEWAY, listeners: [web], clusters: [cluster()] }, { to: '10.0.0.2:80' });
    expect(reason).toBe('no_healthy_upstream');
  });
});

describe('endpoints that lead back', () => {
  const own = (host: string) => ({ clusters: [staticCluster('c', [host])] });

  it.each([
    ['the capture port on localhost', '127.0.0.1:15001', 'loop'],
    ['the capture port on the pod’s address', '10.0.0.1:15001', 'loop'],
    ['another pod’s', '10.0.0.7:15001', null],
    ['a port of the application', '127.0.0.1:8080', null],
  ])('%s', async (_, host, reason) => {
    expect((await reach(own(host))).reason).toBe(reason);
  });

  it.each<[string, string, Json, string | null]>([
    ['a gateway’s own port', '10.0.0.2:80', {}, 'loop'],
    ['another port of the gateway', '10.0.0.2:81', {}, null],
    ['another gateway’s', '10.0.0.3:80', {}, null],
    ['its own port with another host', '10.0.0.2:80', { host_rewrite_literal: 'b' }, null],
  ])('%s', async (_, host, action, reason) => {
    const forward = { route: { cluster: 'c', ...action } };
    const listeners = [listener(80, [chain([hcm([virtualHost([route(forward)])])])])];
    expect((await reach({ node: GATEWAY, listeners, ...own(host) }, { to: '10.0.0.2:80' })).reason).toBe(reason);
  });

  it('the passthrough cluster towards the capture port', async () => {
    const outbound = virtualOutbound([chain([tcp('PassthroughCluster')])]);
    const parts = { listeners: [outbound], clusters: [{ name: 'PassthroughCluster', type: 'ORIGINAL_DST' }] };
    const { outcome, reason } = await reach(parts, { to: '10.0.0.1:15001', protocol: 'tcp', direction: 'outbound' });
    expect([outcome, reason]).toEqual(['closed', 'loop']);
  });
});
