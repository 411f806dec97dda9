import { describe, expect, it } from 'vitest';
import { describeRequest } from '../../../src/render/request-line.js';
import {
  assignment,
  chain,
  downstreamTls,
  edsCluster,
  hcm,
  lbEndpoint,
  listener,
  route,
  staticCluster,
  TLS_INSPECTOR,
  tcp,
  virtualHost,
  virtualOutbound,
} from '../../support/messages.js';
import type { Json } from '../../support/minimal-proxy.js';
import { clusters, compared, endpoints, listeners, routes, type Section } from '../drift/dumps.js';

const PASSTHROUGH = { name: 'PassthroughCluster', type: 'ORIGINAL_DST', lb_policy: 'CLUSTER_PROVIDED' };
const A = staticCluster('a', ['10.1.0.1:80']);
const B = staticCluster('b', ['10.1.0.2:80']);
const BOTH = clusters(PASSTHROUGH, A, B);
const GATEWAY: Section = [
  'Bootstrap',
  { bootstrap: { node: { id: 'router~10.0.0.2~gateway-1.istio-system~istio-system.svc.cluster.local' } } },
];

/** A sidecar whose port 80 takes these routes from table 80. */
const web = (...list: Json[]): Section[] => [
  BOTH,
  listeners(
    virtualOutbound(),
    listener(80, [chain([hcm([], { rds: { route_config_name: '80' }, route_config: undefined })])]),
  ),
  routes({ name: '80', virtual_hosts: [virtualHost(list, { name: 'web', domains: ['web.shop', '10.96.0.1'] })] }),
];
/** A sidecar with TCP listeners on its own. */
const tcpOn = (...list: Json[]): Section[] => [BOTH, listeners(virtualOutbound(), ...list)];
const mysql = (cluster: string) => ({
  ...listener(3306, [chain([tcp(cluster)])]),
  name: '10.96.0.9_3306',
  address: { socket_address: { address: '10.96.0.9', port_value: 3306 } },
});
/** A gateway that parts TLS connections by server name. */
const gateway = (...names: string[]): Section[] => [
  GATEWAY,
  BOTH,
  listeners(
    listener(
      443,
      names.map(name => chain([tcp('a')], { filter_chain_match: { server_names: [name] }, ...downstreamTls() })),
      { listener_filters: [TLS_INSPECTOR] },
    ),
  ),
];
const matching = (match: Json, cluster = 'a') => route(cluster, { match: { prefix: '/', ...match } });

async function told(left: Section[], right: Section[]) {
  const { differences } = await compared({ left, right, mode: 'snapshots' });
  return differences.flatMap(({ kind, name, effects }) =>
    effects.map(effect => `${kind} ${name}: ${describeRequest(effect.request)}: ${effect.left} | ${effect.right}`),
  );
}

describe('the effect of a difference', () => {
  it.each<[string, Section[], Section[], string[]]>([
    [
      'another cluster of a route',
      web(route('a')),
      web(route('b')),
      ['route 80: GET http://web.shop/: forwarded to a | forwarded to b'],
    ],
    [
      'a missing cluster, by the header that leads to it',
      web(matching({ headers: [{ name: 'end-user', string_match: { exact: 'jason' } }] }, 'b'), route('a')),
      [
        clusters(PASSTHROUGH, A),
        ...web(matching({ headers: [{ name: 'end-user', string_match: { exact: 'jason' } }] }, 'b'), route('a')).slice(
          1,
        ),
      ],
      ['cluster b: GET http://web.shop/ with end-user: jason: forwarded to b | responded 503 NC (no_cluster)'],
    ],
    [
      'a route less, by its path',
      web(matching({ prefix: undefined, path: '/one' }), matching({ prefix: '/two/' })),
      web(matching({ prefix: undefined, path: '/one' })),
      ['route 80: GET http://web.shop/two/: forwarded to a | responded 404 NR (no_route)'],
    ],
    [
      'a route with a pattern, a query and a method',
      web(
        matching({
          prefix: undefined,
          safe_regex: { regex: '/v[0-9]+/users' },
          query_parameters: [{ name: 'q', string_match: { exact: 'x' } }],
          headers: [{ name: ':method', string_match: { exact: 'PUT' } }],
        }),
      ),
      web(),
      ['route 80: PUT http://web.shop/v0/users?q=x: forwarded to a | responded 404 NR (no_route)'],
    ],
    [
      'a virtual host less',
      web(route('a')),
      [...web().slice(0, 2), routes({ name: '80', virtual_hosts: [] })],
      ['route 80: GET http://web.shop/: forwarded to a | responded 404 NR (no_virtual_host)'],
    ],
    [
      'routes in another order',
      web(matching({ prefix: '/' }, 'a'), matching({ prefix: '/x' }, 'b')),
      web(matching({ prefix: '/x' }, 'b'), matching({ prefix: '/' }, 'a')),
      ['route 80: GET http://web.shop/x: forwarded to a | forwarded to b'],
    ],
    [
      'another timeout',
      web(route({ route: { cluster: 'a', timeout: '1s' } })),
      web(route({ route: { cluster: 'a', timeout: '2s' } })),
      ['route 80: GET http://web.shop/: forwarded to a, timeout 1s | forwarded to a, timeout 2s'],
    ],
    [
      'other weights',
      web(
        route({
          route: {
            weighted_clusters: {
              clusters: [
                { name: 'a', weight: 90 },
                { name: 'b', weight: 10 },
              ],
            },
          },
        }),
      ),
      web(
        route({
          route: {
            weighted_clusters: {
              clusters: [
                { name: 'a', weight: 50 },
                { name: 'b', weight: 50 },
              ],
            },
          },
        }),
      ),
      ['route 80: GET http://web.shop/: forwarded 90 % to a, 10 % to b | forwarded 50 % to a, 50 % to b'],
    ],
    [
      'a TCP listener less',
      tcpOn(mysql('a')),
      tcpOn(),
      ['listener 10.96.0.9_3306: TCP 10.96.0.9:3306: forwarded to a | passed through to 10.96.0.9:3306'],
    ],
    [
      'another cluster of a TCP listener',
      tcpOn(mysql('a')),
      tcpOn(mysql('b')),
      ['listener 10.96.0.9_3306: TCP 10.96.0.9:3306: forwarded to a | forwarded to b'],
    ],
    [
      'a server name less',
      gateway('one.example', 'two.example'),
      gateway('one.example'),
      [
        'listener 0.0.0.0_443: TCP 10.0.0.2:443 with tls, SNI two.example (gateway): forwarded to a | closed NR (no_filter_chain)',
      ],
    ],
    [
      'an endpoint less',
      [
        clusters(PASSTHROUGH, edsCluster('a')),
        ...tcpOn(mysql('a')).slice(1),
        endpoints(assignment('a', [lbEndpoint('10.1.0.1:80'), lbEndpoint('10.1.0.2:80')])),
      ],
      [
        clusters(PASSTHROUGH, edsCluster('a')),
        ...tcpOn(mysql('a')).slice(1),
        endpoints(assignment('a', [lbEndpoint('10.1.0.1:80')])),
      ],
      [
        'endpoint a: TCP 10.96.0.9:3306: forwarded to a, endpoints 10.1.0.1:80 50 % plaintext, 10.1.0.2:80 50 % plaintext | forwarded to a, endpoints 10.1.0.1:80 100 % plaintext',
      ],
    ],
    [
      'no endpoint left',
      [
        clusters(PASSTHROUGH, edsCluster('a')),
        ...web(route('a')).slice(1),
        endpoints(assignment('a', [lbEndpoint('10.1.0.1:80')])),
      ],
      [clusters(PASSTHROUGH, edsCluster('a')), ...web(route('a')).slice(1), endpoints(assignment('a', []))],
      ['endpoint a: GET http://web.shop/: forwarded to a | responded 503 UH (no_healthy_upstream)'],
    ],
  ])('%s', async (_, left, right, expected) => {
    expect(await told(left, right)).toEqual(expected);
  });

  it.each<[string, Section[], Section[], RegExp]>([
    [
      'a connect timeout',
      [clusters({ ...A, connect_timeout: '1s' }), ...web(route('a')).slice(1)],
      [clusters({ ...A, connect_timeout: '2s' }), ...web(route('a')).slice(1)],
      /^No effect on how requests end: the one traced through it ends alike on both sides: forwarded to a\. What it does change: how long a connection to an endpoint may take\.$/,
    ],
    [
      'a cluster that nothing leads to',
      [clusters(A, B), ...web(route('a')).slice(1)],
      [clusters(A), ...web(route('a')).slice(1)],
      /^No effect: no route and no listener leads there\.$/,
    ],
    [
      'an access log',
      tcpOn(mysql('a')),
      tcpOn({ ...mysql('a'), access_log: [{ name: 'envoy.access_loggers.file' }] }),
      /What it does change: what is logged\.$/,
    ],
  ])('is none, and said to be none, for %s', async (_, left, right, effect) => {
    const { differences } = await compared({ left, right, mode: 'snapshots' });
    expect(differences.map(difference => difference.effects)).toEqual([[]]);
    expect(differences[0]?.effect).toMatch(effect);
  });

  it('is told of the one difference that makes it, where two lie on the way', async () => {
    const right = [clusters(PASSTHROUGH, A, { ...B, connect_timeout: '9s' }), ...web(route('b')).slice(1)];
    const { differences } = await compared({ left: web(route('a')), right, mode: 'snapshots' });
    expect(differences.map(({ kind, name, effects }) => [kind, name, effects.length])).toEqual([
      ['route', '80', 1],
      ['cluster', 'b', 0],
    ]);
  });

  it('says what stands for any other host, and what passing through means', async () => {
    const [difference] = (
      await compared({
        left: [...web().slice(0, 2), routes({ name: '80', virtual_hosts: [virtualHost([route('a')])] })],
        right: [
          ...web().slice(0, 2),
          routes({ name: '80', virtual_hosts: [virtualHost([route('PassthroughCluster')])] }),
        ],
        mode: 'snapshots',
      })
    ).differences;
    expect(difference?.effect).toBe(
      'One kind of request ends otherwise. witness.example and 192.0.2.1 stand for whatever the mesh does not know. Passed through means without the mesh’s routing, policies and mutual TLS.',
    );
  });
});
