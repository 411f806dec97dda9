import { describe, expect, it } from 'vitest';
import {
  assignment,
  chain,
  edsCluster,
  extension,
  hcm,
  lbEndpoint,
  listener,
  route,
  staticCluster,
  tcp,
  virtualHost,
} from '../../support/messages.js';
import { clusters, compared, endpoints, inShort, listeners, routes, type Section, secrets } from './dumps.js';

const EDS = edsCluster('a', { connect_timeout: '10s' });
const DNS = { name: 'dns', type: 'STRICT_DNS', load_assignment: assignment('dns', [lbEndpoint('example.com:80')]) };
const LISTENER = { ...listener(80, [chain([tcp('a')])]), name: 'web' };
const TABLE = { name: '80', virtual_hosts: [virtualHost([route('a')])] };
const CERTIFICATE = { certificate_chain: { inline_bytes: 'QUJD' } };

const withStatic = (section: Section, field: string, entries: unknown[]): Section => [
  section[0],
  { ...section[1], [field]: entries },
];
const wasm = (name: string) => ({
  '@type': 'type.googleapis.com/envoy.config.core.v3.TypedExtensionConfig',
  ...extension(name, 'envoy.extensions.filters.http.wasm.v3.Wasm', { config: { name: 'plugin' } }),
});

describe('what is not drift', () => {
  it.each<[string, Section[], Section[]]>([
    [
      'versions and times',
      [['Clusters', { version_info: '1', dynamic_active_clusters: [{ version_info: '1', cluster: EDS }] }]],
      [
        [
          'Clusters',
          {
            version_info: '2',
            dynamic_active_clusters: [{ version_info: '2', last_updated: '2026-11-23T13:18:29Z', cluster: EDS }],
          },
        ],
      ],
    ],
    ['the order of entries', [clusters(EDS, DNS)], [clusters(DNS, EDS)]],
    [
      'static clusters',
      [clusters(EDS)],
      [withStatic(clusters(EDS), 'static_clusters', [{ cluster: staticCluster('agent', ['127.0.0.1:15020']) }])],
    ],
    [
      'static listeners',
      [listeners(LISTENER)],
      [withStatic(listeners(LISTENER), 'static_listeners', [{ listener: { name: 'ready', ...listener(15021, []) } }])],
    ],
    [
      'clusters in the bootstrap',
      [clusters(EDS)],
      [
        clusters(EDS),
        [
          'Bootstrap',
          {
            bootstrap: {
              node: { id: 'sidecar~10.0.0.1~app-1.shop~shop.svc.cluster.local' },
              static_resources: { clusters: [staticCluster('agent', ['127.0.0.1:15020'])] },
            },
          },
        ],
      ],
    ],
    [
      'inline route tables of listeners',
      [routes(TABLE)],
      [withStatic(routes(TABLE), 'static_route_configs', [{ route_config: { name: 'inbound|80||' } }])],
    ],
    [
      'endpoints of clusters that are not EDS',
      [clusters(EDS, DNS), endpoints(assignment('a', [lbEndpoint('10.1.0.1:80')]))],
      [
        clusters(EDS, DNS),
        endpoints(assignment('a', [lbEndpoint('10.1.0.1:80')]), assignment('dns', [lbEndpoint('93.184.216.34:80')])),
      ],
    ],
    [
      'endpoints of static clusters',
      [clusters(EDS), endpoints()],
      [
        clusters(EDS),
        ['Endpoints', { static_endpoint_configs: [{ endpoint_config: assignment('b', [lbEndpoint('127.0.0.1:1')]) }] }],
      ],
    ],
    [
      'the overprovisioning factor of 140',
      [clusters(EDS), endpoints(assignment('a', [lbEndpoint('10.1.0.1:80')]))],
      [
        clusters(EDS),
        endpoints({ ...assignment('a', [lbEndpoint('10.1.0.1:80')]), policy: { overprovisioning_factor: 140 } }),
      ],
    ],
    [
      'an empty health_check_config and health that is written out',
      [clusters(EDS), endpoints(assignment('a', [lbEndpoint('10.1.0.1:80')]))],
      [
        clusters(EDS),
        endpoints(
          assignment('a', [
            {
              endpoint: { ...(lbEndpoint('10.1.0.1:80').endpoint as object), health_check_config: {} },
              health_status: 'HEALTHY',
            },
          ]),
        ),
      ],
    ],
    [
      'the health of endpoints',
      [clusters(EDS), endpoints(assignment('a', [lbEndpoint('10.1.0.1:80')]))],
      [clusters(EDS), endpoints(assignment('a', [lbEndpoint('10.1.0.1:80', { health_status: 'UNHEALTHY' })]))],
    ],
    [
      'the order of endpoints',
      [clusters(EDS), endpoints(assignment('a', [lbEndpoint('10.1.0.1:80'), lbEndpoint('10.1.0.2:80')]))],
      [clusters(EDS), endpoints(assignment('a', [lbEndpoint('10.1.0.2:80'), lbEndpoint('10.1.0.1:80')]))],
    ],
    [
      'the agent’s secrets',
      [secrets()],
      [secrets({ name: 'default', tls_certificate: CERTIFICATE }, { name: 'ROOTCA', validation_context: {} })],
    ],
    [
      'redacted keys',
      [
        secrets({
          name: 'kubernetes://cert',
          tls_certificate: { ...CERTIFICATE, private_key: { inline_bytes: 'W3JlZGFjdGVkXQ==' } },
        }),
      ],
      [
        secrets({
          name: 'kubernetes://cert',
          tls_certificate: { ...CERTIFICATE, private_key: { inline_string: '[redacted]' } },
        }),
      ],
    ],
    [
      'the outer name of an extension',
      [['Ecds', { ecds_filters: [{ ecds_filter: wasm('plugin') }] }]],
      [['Ecds', { ecds_filters: [{ ecds_filter: wasm('extenstions.istio.io/wasmplugin/plugin') }] }]],
    ],
    [
      'names with digits in the other case form',
      [clusters({ name: 'a', outlierDetection: { consecutive5xx: 5, enforcingConsecutive5xx: 100 } })],
      [clusters({ name: 'a', outlier_detection: { consecutive_5xx: 5, enforcing_consecutive_5xx: 100 } })],
    ],
    [
      'names of API v2',
      [
        listeners({
          ...listener(80, [{ filters: [{ name: 'envoy.tcp_proxy', config: { cluster: 'a' } }] }]),
          name: 'web',
        }),
      ],
      [listeners(LISTENER)].map(() =>
        listeners({
          ...listener(80, [{ filters: [{ name: 'envoy.filters.network.tcp_proxy', typed_config: { cluster: 'a' } }] }]),
          name: 'web',
        }),
      ),
    ],
  ])('%s', async (_, left, right) => {
    const result = await compared({ left, right });
    expect([inShort(result), result.equal]).toEqual([[], true]);
  });

  it('but a rejected update is, even where what serves is the same', async () => {
    const rejected: Section = [
      'Listeners',
      {
        dynamic_listeners: [
          {
            name: 'web',
            active_state: { listener: LISTENER },
            error_state: {
              failed_configuration: { ...LISTENER, name: 'web', tcp_fast_open_queue_length: 5 },
              details: 'no',
            },
          },
        ],
      },
    ];
    const result = await compared({ left: [listeners(LISTENER)], right: [rejected] });
    expect(inShort(result)).toEqual(['~ listener web: /tcp_fast_open_queue_length']);
    expect(result.differences[0]).toMatchObject({ cause: 'rejected', effects: [] });
    expect(result.differences[0]?.why).toContain('“no”');
  });

  it('but a version is told beside a difference', async () => {
    const at = (version: string, timeout: string): Section => [
      'Clusters',
      { version_info: version, dynamic_active_clusters: [{ cluster: { ...EDS, connect_timeout: timeout } }] },
    ];
    const result = await compared({ left: [at('v2', '1s')], right: [at('v1', '2s')] });
    expect(result.notes.map(({ text }) => text)).toContain('versions: CDS Pilot v2, Envoy v1');
    expect(result.differences[0]?.why).toContain('Pilot is at version v2, Envoy at v1');
  });

  it.each<[string, Section[], Section[], string[]]>([
    [
      'a listener with another inline table',
      [listeners({ ...listener(80, [chain([hcm([virtualHost([route('a')])])])]), name: 'web' })],
      [listeners({ ...listener(80, [chain([hcm([virtualHost([route('b')])])])]), name: 'web' })],
      ['~ listener web: /filter_chains/0/filters/0/typed_config/route_config/virtual_hosts/0/routes/0/route/cluster'],
    ],
    [
      'an endpoint less',
      [clusters(EDS), endpoints(assignment('a', [lbEndpoint('10.1.0.1:80'), lbEndpoint('10.1.0.2:80')]))],
      [clusters(EDS), endpoints(assignment('a', [lbEndpoint('10.1.0.1:80')]))],
      ['~ endpoint a: /endpoints/0/lb_endpoints/1'],
    ],
    [
      'a gateway’s certificate',
      [secrets({ name: 'kubernetes://cert', tls_certificate: { certificate_chain: { inline_bytes: 'QUJD' } } })],
      [secrets({ name: 'kubernetes://cert', tls_certificate: { certificate_chain: { inline_bytes: 'REVG' } } })],
      ['~ secret kubernetes://cert: /tls_certificate/certificate_chain/inline_bytes'],
    ],
    [
      'routes in another order',
      [routes({ name: '80', virtual_hosts: [virtualHost([route('a', { name: 'x' }), route('b', { name: 'y' })])] })],
      [routes({ name: '80', virtual_hosts: [virtualHost([route('b', { name: 'y' }), route('a', { name: 'x' })])] })],
      ['~ route 80: /virtual_hosts/0/routes'],
    ],
  ])('but %s is', async (_, left, right, expected) => {
    expect(inShort(await compared({ left, right }))).toEqual(expected);
  });
});
