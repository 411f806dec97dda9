import type { X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { decode } from '../../../src/decode/decode.js';
import { parseProxyStatus } from '../../../src/decode/proxy-status/parse.js';
import { ageOf } from '../../../src/findings/certificate-age.js';
import { checkSnapshot } from '../../../src/findings/check.js';
import { statusFindings } from '../../../src/findings/rules/proxy-not-connected.js';
import type { Certificate } from '../../../src/model/certificate.js';
import { snapshotOf } from '../../../src/model/snapshot.js';
import { documentOf } from '../../../src/source/document.js';
import {
  chain,
  extension,
  HTTP_INSPECTOR,
  hcm,
  listener,
  ROUTER,
  route,
  TLS_INSPECTOR,
  tcp,
  virtualHost,
  virtualOutbound,
} from '../../support/messages.js';
import { type Json, type MinimalParts, minimalProxy } from '../../support/minimal-proxy.js';
import { proxyOf, snapshot } from '../../support/snapshot.js';
import { checked, line, snapshotOfProxies, traced } from '../support/findings.js';

describe('truncated-dump', () => {
  it('tells where a document breaks off, and what was being read', async () => {
    const whole = JSON.stringify({
      configs: [
        {
          '@type': 'type.googleapis.com/envoy.admin.v3.BootstrapConfigDump',
          bootstrap: { node: { id: 'sidecar~10.0.0.1~a.b~b.svc' } },
        },
        {
          '@type': 'type.googleapis.com/envoy.admin.v3.ClustersConfigDump',
          dynamic_active_clusters: [{ cluster: { name: 'one' } }, { cluster: { name: 'two' } }],
        },
      ],
    });
    const documents = await decode(documentOf('dump.json', Buffer.from(whole.slice(0, -20))));
    const [finding] = checkSnapshot(snapshotOf(documents));
    expect(finding).toMatchObject({
      code: 'truncated-dump',
      severity: 'warning',
      resource: { kind: 'Pod', name: 'a' },
    });
    expect(finding?.why).toContain('in its cluster section');
  });
});

describe('partial-dump', () => {
  const TO = { to: 'http://10.1.0.1:80/', ip: '10.1.0.1' };
  const listeners = [
    virtualOutbound(),
    listener(80, [chain([hcm([], { route_config: undefined, rds: { route_config_name: '80' } })])]),
  ];
  const routes = [{ name: '80', virtual_hosts: [virtualHost([route('there')])] }];

  it.each<[string, MinimalParts, string | null]>([
    ['no listeners', { listeners: null }, 'no listeners'],
    ['no route tables', { listeners, routes: null }, 'no routes'],
    ['no clusters', { listeners, routes, clusters: null }, 'no clusters'],
    ['clusters, and not the one', { listeners, routes, clusters: [] }, null],
  ])('says what to fetch where there are %s', async (_, parts, lacks) => {
    const found = traced(TO, await minimalProxy(parts)).filter(({ code }) => code === 'partial-dump');
    expect(found.map(line)).toEqual(lacks === null ? [] : ['warning partial-dump Pod default/app-1']);
    if (lacks === null) return;
    expect(found[0]?.why).toContain(`holds ${lacks},`);
    expect(found[0]?.remedy).toContain('`istioctl proxy-config all app-1.default -o json > config_dump.json`');
  });

  it('has no name for the pod where nothing tells it', async () => {
    const lists = await decode(
      documentOf('saved/clusters.json', Buffer.from('[{"name":"one","connect_timeout":"1s"}]')),
    );
    const [proxy] = snapshotOf(lists).proxies;
    if (proxy === undefined) throw new Error('no proxy was read');
    expect(traced(TO, proxy)[0]?.remedy).toContain('istioctl proxy-config all POD.NAMESPACE ');
  });

  it.each<[string, MinimalParts, string | null]>([
    ['all is there', { listeners, routes }, null],
    ['there are no listeners', { listeners: null }, 'no listeners'],
    ['there are neither listeners nor routes', { listeners: null, routes: null }, 'no listeners and no routes'],
    ['a listener asks for its routes and there are none', { listeners, routes: null }, 'no routes'],
    ['no listener asks for routes', { listeners: [virtualOutbound()], routes: null }, null],
    ['there are no clusters', { listeners, routes, clusters: null }, 'no clusters'],
  ])('tells in a check, where %s, what cannot be looked at', async (_, parts, lacks) => {
    const found = checked('partial-dump', await minimalProxy(parts));
    expect(found.map(line)).toEqual(lacks === null ? [] : ['warning partial-dump Pod default/app-1']);
    if (lacks !== null) expect(found[0]?.why).toContain(`holds ${lacks}:`);
  });

  it('tells in a check of endpoints alone that this is no whole proxy', async () => {
    const statuses = Buffer.from('{"cluster_statuses":[{"name":"one","added_via_api":true}]}');
    const found = checkSnapshot(snapshotOf(await decode(documentOf('clusters.json', statuses))));
    expect(found.map(({ code }) => code)).toEqual(['partial-dump']);
    expect(found[0]?.why).toContain('holds no listeners, no routes and no clusters:');
  });

  it('leaves a document that breaks off to the finding about that', async () => {
    const cut = await decode(documentOf('dump.json', Buffer.from('{"configs":[{"@type":"a.ClustersConfigDump","dyn')));
    const [proxy] = snapshotOf(cut).proxies;
    if (proxy === undefined) throw new Error('no proxy was read');
    expect(traced(TO, proxy).map(({ code }) => code)).toEqual(['truncated-dump']);
  });
});

describe('certificates', () => {
  const day = 86_400_000;
  const certificate = (lifetime: number): Certificate => ({
    secret: 'default',
    x509: undefined as unknown as X509Certificate,
    names: [],
    uriNames: [],
    notBefore: new Date(0),
    notAfter: new Date(lifetime),
    resource: undefined as never,
    pointer: '',
  });

  it.each([
    [100 * day, 50 * day, 'good'],
    [100 * day, 90 * day, 'good'],
    [100 * day, 90.1 * day, 'expires-soon'],
    [100 * day, 100 * day, 'expires-soon'],
    [100 * day, 100 * day + 1, 'expired'],
    [day, 0.89 * day, 'good'],
    [day, 0.91 * day, 'expires-soon'],
  ])('of %i ms is at %i %s', (lifetime, now, age) => {
    expect(ageOf(certificate(lifetime), now)).toBe(age);
  });

  it.each([
    ['at the time of the dump', undefined, []],
    ['months later', '2027-03-01T00:00:00Z', ['error certificate-expired Pod default/productpage-v1-6d8bc58dd7-hjw6r']],
  ])('%s', async (_, now, expected) => {
    const proxy = await proxyOf('bookinfo-1.30', 'productpage');
    const found = checkSnapshot(snapshotOfProxies(proxy), now === undefined ? {} : { now });
    const codes = ['certificate-expired', 'certificate-expires-soon'];
    if (now !== undefined)
      expect(found.find(({ code }) => code === 'certificate-expired')?.why).toMatch(
        / days before 2027-03-01 00:00 UTC: /,
      );
    expect(
      [...new Set(found.filter(({ code }) => codes.includes(code)).map(line))].filter(text => text.includes('Pod')),
    ).toEqual(expected);
  });
});

describe('version-skew', () => {
  const versioned = (name: string, version: string) =>
    minimalProxy({
      node: { id: `sidecar~10.0.0.1~${name}.default~default.svc.cluster.local`, metadata: { ISTIO_VERSION: version } },
    });

  it.each([
    [['1.30.3', '1.30.1'], []],
    [['1.30.3', '1.29.0'], ['info version-skew Pod default/p1']],
    [['1.30.3', '1.28.2'], ['warning version-skew Pod default/p1']],
    [['1.28.2', '1.30.3', '1.29.9'], ['warning version-skew Pod default/p0']],
  ])('%j', async (versions, expected) => {
    const proxies = await Promise.all(versions.map((version, i) => versioned(`p${i}`, version)));
    expect(checked('version-skew', ...proxies).map(line)).toEqual(expected);
  });
});

describe('a listing of proxies', () => {
  const HEAD = 'NAME          CLUSTER     CDS        LDS        EDS        RDS        ISTIOD      VERSION';

  async function found(...rows: string[]) {
    const proxy = await minimalProxy({});
    const status = parseProxyStatus([HEAD, ...rows, ''].join('\n'));
    return statusFindings(status, snapshotOfProxies(proxy)).map(line);
  }

  it.each([
    [
      'has it in sync',
      ['app-1.default Kubernetes  SYNCED     SYNCED     SYNCED     SYNCED     istiod-1    1.30.3'],
      [],
    ],
    [
      'lacks it',
      ['app-2.default Kubernetes  SYNCED     SYNCED     SYNCED     SYNCED     istiod-1    1.30.3'],
      ['error proxy-not-connected Proxy default/app-1'],
    ],
    [
      'is of another namespace',
      ['app-1.other   Kubernetes  SYNCED     SYNCED     SYNCED     SYNCED     istiod-1    1.30.3'],
      [],
    ],
  ])('%s', async (_, rows, expected) => {
    expect(await found(...rows)).toEqual(expected);
  });

  it('says that an update was not taken', async () => {
    const lines = await found(
      'app-1.default Kubernetes  SYNCED     SYNCED     STALE      SYNCED     istiod-1    1.30.3',
    );
    expect(lines).toEqual([expect.stringMatching(/^(warning|error) stale-config Proxy default\/app-1$/)]);
  });
});

describe('stale-config', () => {
  it('tells the faults of snapshots/bookinfo-1.30-faulted by kind', async () => {
    const found = checkSnapshot(await snapshot('bookinfo-1.30-faulted')).filter(({ code }) => code === 'stale-config');
    expect(found.map(({ why }) => why)).toEqual([
      expect.stringContaining(
        'outbound|8888|v1|details.default.svc.cluster.local differs at connect_timeout and lb_policy',
      ),
      expect.stringContaining('20001 is missing in Envoy'),
    ]);
  });
});

describe('listeners', () => {
  const match = (more: Json, port = 80): Json =>
    chain([tcp('x')], { filter_chain_match: more, name: JSON.stringify(more) + port });

  it.each<[Json, Json, number]>([
    [{ destination_port: 80 }, { destination_port: 81 }, 0],
    [{ destination_port: 80 }, { destination_port: 80 }, 1],
    [{ server_names: ['a', 'b'] }, { server_names: ['b', 'c'] }, 1],
    [{ server_names: ['a'] }, { server_names: ['a'], transport_protocol: 'tls' }, 0],
    [
      { prefix_ranges: [{ address_prefix: '10.0.0.0', prefix_len: 8 }] },
      { prefix_ranges: [{ address_prefix: '10.0.0.0', prefix_len: 16 }] },
      0,
    ],
    [{}, {}, 1],
  ])('duplicate-chain-match of %j and %j', async (first, second, expected) => {
    const own = await minimalProxy({ listeners: [listener(80, [match(first), match(second, 81)])] });
    expect(checked('duplicate-chain-match', own)).toHaveLength(expected);
  });

  const modern = { user_agent_build_version: { version: { major_number: 1, minor_number: 38 } } };
  const old = { user_agent_build_version: { version: { major_number: 1, minor_number: 17 } } };

  it.each<[string, Json, Json[], Json, number]>([
    ['a server name without inspector', { server_names: ['a'] }, [], modern, 1],
    ['a server name with it', { server_names: ['a'] }, [TLS_INSPECTOR], modern, 0],
    ['a server name without it in an old Envoy', { server_names: ['a'] }, [], old, 0],
    ['plain HTTP without inspector', { application_protocols: ['http/1.1'] }, [], modern, 1],
    ['plain HTTP with it', { application_protocols: ['http/1.1'] }, [HTTP_INSPECTOR], modern, 0],
    ['mutual TLS of Istio', { application_protocols: ['istio'] }, [], modern, 0],
    [
      'an inspector that is off for the port',
      { server_names: ['a'], destination_port: 80 },
      [{ ...TLS_INSPECTOR, filter_disabled: { destination_port_range: { start: 80, end: 81 } } }],
      modern,
      1,
    ],
  ])('shadowed-chain: %s', async (_, wanted, listener_filters, node, expected) => {
    const own = await minimalProxy({ node, listeners: [listener(80, [match(wanted)], { listener_filters })] });
    expect(checked('shadowed-chain', own)).toHaveLength(expected);
  });

  it('filters that Istio does not set, and those that decide by more than configuration', async () => {
    const lua = extension('my.lua', 'envoy.extensions.filters.http.lua.v3.Lua');
    const wasm = extension('extensions.istio.io/wasmplugin/shop.guard', 'envoy.extensions.filters.http.wasm.v3.Wasm');
    const http = hcm([virtualHost([route('x')])], { http_filters: [lua, wasm, ROUTER] });
    const own = await minimalProxy({ listeners: [listener(80, [chain([http])])], clusters: [{ name: 'x' }] });
    expect(checked('envoyfilter-present', own).map(line)).toEqual([
      'info envoyfilter-present EnvoyFilter default/(unknown)',
    ]);
    expect(checked('unsupported-extension', own).map(line)).toEqual([
      'info unsupported-extension EnvoyFilter default/(unknown)',
      'info unsupported-extension WasmPlugin shop/guard',
    ]);
    expect(checked('unsupported-extension', own)[0]?.remedy).toContain(
      '(`kubectl logs app-1 -n default -c istio-proxy`)',
    );
    const foreign = await minimalProxy({
      node: { id: 'envoy-1' },
      listeners: [listener(80, [chain([http])])],
      clusters: [{ name: 'x' }],
    });
    expect(checked('envoyfilter-present', foreign)).toEqual([]);
  });
});
