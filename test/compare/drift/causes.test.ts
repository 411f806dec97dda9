import { describe, expect, it } from 'vitest';
import { assignment, chain, edsCluster, hcm, lbEndpoint, listener, tcp } from '../../support/messages.js';
import { clusters, compared, endpoints, listeners, type Section } from './dumps.js';

const LISTENER = { ...listener(80, [chain([tcp('a')])]), name: 'web' };
const STATES = 'Listeners';
const state = (fields: object): Section => [STATES, { dynamic_listeners: [{ name: 'web', ...fields }] }];
const byRds = (table: string) => ({
  ...listener(80, [chain([hcm([], { rds: { route_config_name: table }, route_config: undefined })])]),
  name: 'web',
});
const dated = (name: string, version: string, fields: object): Section => [name, { version_info: version, ...fields }];
const node = (id: string, metadata: object): Section => ['Bootstrap', { bootstrap: { node: { id, metadata } } }];
const ID = 'sidecar~10.0.0.1~app-1.shop~shop.svc.cluster.local';
const rejected = {
  error_state: { failed_configuration: LISTENER, details: 'Only unique values for domains are permitted' },
};

describe('the cause, Pilot against Envoy', () => {
  it.each<[string, Section[], Section[], string, RegExp, RegExp]>([
    [
      'not pushed',
      [clusters(edsCluster('a'), edsCluster('b'))],
      [clusters(edsCluster('a'))],
      'not-pushed',
      /^Pilot has this cluster and Envoy does not: it was not pushed yet, or the push got lost\.$/,
      /mesh-trace status.*istiod’s log/,
    ],
    [
      'stale',
      [clusters({ ...edsCluster('a'), lb_policy: 'RANDOM' })],
      [clusters(edsCluster('a'))],
      'stale',
      /^Envoy runs an older cluster than Pilot has: lb_policy is unset instead of RANDOM\.$/,
      /restart the pod/,
    ],
    [
      'only in Envoy',
      [clusters()],
      [clusters(edsCluster('a'))],
      'envoy-only',
      /^Envoy runs this cluster and Pilot does not have it/,
      /EnvoyFilter or another revision/,
    ],
    [
      'draining',
      [state({}), listeners()],
      [state({ draining_state: { listener: LISTENER } })],
      'envoy-only',
      /^Envoy is draining this listener, which Pilot no longer has: it takes no new connections\.$/,
      /^Nothing:/,
    ],
    [
      'rejected, never served',
      [listeners(LISTENER)],
      [state(rejected)],
      'rejected',
      /^Envoy rejected an update of this listener, “Only unique values .*”, and nothing of that name serves\.$/,
      /stands twice/,
    ],
    [
      'rejected, an older one serves',
      [listeners(LISTENER)],
      [state({ active_state: { listener: { ...LISTENER, tcp_fast_open_queue_length: 1 } }, ...rejected })],
      'rejected',
      /goes on with the older one: tcp_fast_open_queue_length is 1 instead of unset\.$/,
      /stands twice/,
    ],
    [
      'warming, waiting for a route table',
      [listeners(byRds('9')), ['Routes', { dynamic_route_configs: [{ route_config: { name: '9' } }] }]],
      [state({ warming_state: { listener: byRds('9') } }), ['Routes', {}]],
      'warming',
      /is still warming it, and nothing of that name serves; it waits for route table 9 \(RDS\)\.$/,
      /^Pilot has route table 9, so it is on its way or lost/,
    ],
    [
      'warming, waiting for endpoints',
      [clusters(edsCluster('a'))],
      [['Clusters', { dynamic_warming_clusters: [{ cluster: edsCluster('a') }] }], endpoints()],
      'warming',
      /it waits for the endpoints of a \(EDS\)\.$/,
      /EDS of this proxy/,
    ],
    [
      'warming, with its endpoints not in the dump',
      [clusters(edsCluster('a'))],
      [['Clusters', { dynamic_warming_clusters: [{ cluster: edsCluster('a') }] }]],
      'warming',
      /it waits for the endpoints of a \(EDS\), most likely\.$/,
      /include_eds/,
    ],
    [
      'a listener that stayed behind its clusters',
      [
        dated('Clusters', '2019-05-20T08:00:21Z/5', {}),
        dated('Listeners', '2019-05-20T08:00:21Z/5', listeners(LISTENER)[1]),
      ],
      [dated('Clusters', '2019-05-20T08:00:21Z/5', {}), dated('Listeners', '2019-05-20T08:00:13Z/3', {})],
      'rejected',
      /took the clusters of push 2019-05-20T08:00:21Z\/5 but not its listeners.*unless the push was still under way/,
      /kubectl logs app-1 -n shop -c istio-proxy/,
    ],
  ])('%s', async (_, left, right, cause, why, remedy) => {
    const [difference] = (await compared({ left, right })).differences;
    expect(difference?.cause).toBe(cause);
    expect(difference?.why).toMatch(why);
    expect(difference?.remedy).toMatch(remedy);
  });
});

describe('the cause, two proxies or two times', () => {
  const one = [clusters({ ...edsCluster('a'), lb_policy: 'RANDOM' })];
  const other = [clusters(edsCluster('a'))];

  it.each<[string, 'proxies' | 'snapshots', Section[], Section[], string, RegExp]>([
    [
      'of another version of the proxy',
      'proxies',
      [...one, node(ID, { ISTIO_VERSION: '1.29.0' })],
      [...other, node(ID, { ISTIO_VERSION: '1.30.3' })],
      'version-skew',
      /different versions \(a\.shop: 1\.29\.0, app-1\.shop: 1\.30\.3\)/,
    ],
    [
      'of an older version of the resource',
      'proxies',
      [
        [
          'Clusters',
          { dynamic_active_clusters: [{ version_info: '2026-01-01T00:00:00Z/9', cluster: edsCluster('a') }] },
        ],
      ],
      [
        [
          'Clusters',
          {
            dynamic_active_clusters: [
              { version_info: '2026-01-01T00:00:00Z/10', cluster: { ...edsCluster('a'), lb_policy: 'RANDOM' } },
            ],
          },
        ],
      ],
      'stale',
      /a\.shop has the older version/,
    ],
    [
      'which nothing tells',
      'snapshots',
      one,
      other,
      'unknown',
      /^This cluster differs: lb_policy is unset instead of RANDOM\.$/,
    ],
    [
      'which the resource names',
      'snapshots',
      [],
      [
        clusters({
          ...edsCluster('a'),
          metadata: {
            filter_metadata: { istio: { config: '/apis/networking.istio.io/v1/namespaces/shop/destination-rule/a' } },
          },
        }),
      ],
      'unknown',
      /^This cluster is in after and not in before; it comes from destination-rule shop\/a\.$/,
    ],
  ])('%s', async (_, mode, left, right, cause, why) => {
    const sections = left.length === 0 ? [clusters()] : left;
    const [difference] = (await compared({ mode, left: sections, right })).differences;
    expect(difference?.cause).toBe(cause);
    expect(difference?.why).toMatch(why);
  });

  it('leaves a proxy’s own name and addresses out of account', async () => {
    const of = (pod: string, ip: string): Section[] => {
      const bytes = Buffer.from([...Array(10).fill(0), 255, 255, ...ip.split('.').map(Number)]).toString('base64');
      return [
        node(`sidecar~${ip}~${pod}.shop~shop.svc.cluster.local`, {}),
        listeners({
          ...listener(80, [chain([tcp('a', { uid: `kubernetes://${pod}.shop`, bytes_value: bytes })])]),
          name: `${ip}_80`,
          address: { socket_address: { address: ip, port_value: 80 } },
        }),
      ];
    };
    const result = await compared({ mode: 'proxies', left: of('a-1', '10.0.0.1'), right: of('a-2', '10.0.0.2') });
    expect(result.differences).toEqual([]);
  });

  it('compares endpoints in whatever order', async () => {
    const sections = (...hosts: string[]) => [
      clusters(edsCluster('a')),
      endpoints(
        assignment(
          'a',
          hosts.map(host => lbEndpoint(host)),
        ),
      ),
    ];
    const left = sections('10.1.0.1:80', '10.1.0.2:80');
    const result = await compared({ mode: 'snapshots', left, right: sections('10.1.0.2:80', '10.1.0.3:80') });
    expect(
      result.differences[0]?.paths.map(({ left: ours, right: theirs }) => [ours === null, theirs === null]),
    ).toEqual([
      [false, true],
      [true, false],
    ]);
  });
});
