import { describe, expect, it } from 'vitest';
import { canonical } from '../../../src/compare/canonical/canonical.js';

describe('canonical', () => {
  it.each([
    ['camelCase', { connectTimeout: '1s' }, { connect_timeout: '1s' }],
    ['a digit behind an underscore', { a: { consecutive5xx: 5 } }, { a: { consecutive_5xx: 5 } }],
    ['the same written out', { a: { consecutive_5xx: 5 } }, { a: { consecutive_5xx: 5 } }],
    [
      'keys of users',
      { labels: { fooBar: 'a', 'istio.io/rev': 'b' } },
      { labels: { fooBar: 'a', 'istio.io/rev': 'b' } },
    ],
    ['node metadata', { metadata: { ISTIO_VERSION: '1' } }, { metadata: { ISTIO_VERSION: '1' } }],
    [
      'free metadata',
      { metadata: { filterMetadata: { istio: { someKey: [], zero: 0 } } } },
      { metadata: { filter_metadata: { istio: { someKey: [], zero: 0 } } } },
    ],
    ['a duration', { timeout: '0.080s' }, { timeout: '0.08s' }],
    ['a whole duration', { timeout: '10.000s' }, { timeout: '10s' }],
    ['a duration in fields', { timeout: { seconds: '15', nanos: 500000000 } }, { timeout: '15.5s' }],
    ['a time', { at: '2026-11-23T13:18:28.250000Z' }, { at: '2026-11-23T13:18:28.25Z' }],
    ['null', { name: null }, {}],
    ['zero', { a: 0, b: false, c: '', d: [], e: '0' }, {}],
    ['zero of a wrapper type', { use_remote_address: false }, { use_remote_address: false }],
    ['zero of a oneof', { port: { any: false } }, { port: { any: false } }],
    ['an empty message', { ads: {}, rules: {} }, { ads: {}, rules: {} }],
    ['an empty message that says nothing', { health_check_config: {}, commonLbConfig: {} }, {}],
    ['nothing but defaults', { policy: { overprovisioning_factor: 140 } }, {}],
    ['health', { health_status: 'HEALTHY' }, {}],
    ['ill health', { health_status: 'DRAINING' }, { health_status: 'DRAINING' }],
    ['an enumeration’s first value', { lb_policy: 'ROUND_ROBIN', type: 'STATIC' }, {}],
    [
      'the type of the whole',
      { '@type': 'type.googleapis.com/envoy.config.cluster.v3.Cluster', name: 'a' },
      { name: 'a' },
    ],
    [
      'TypedStruct',
      {
        typedConfig: {
          '@type': 'type.googleapis.com/udpa.type.v1.TypedStruct',
          typeUrl: 'type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua',
          value: { inlineCode: 'x' },
        },
      },
      { typed_config: { '@type': 'envoy.extensions.filters.http.lua.v3.Lua', inline_code: 'x' } },
    ],
    [
      'a filter of v2',
      {
        name: 'envoy.tcp_proxy',
        typed_config: {
          '@type': 'type.googleapis.com/envoy.config.filter.network.tcp_proxy.v2.TcpProxy',
          cluster: 'a',
        },
      },
      {
        name: 'envoy.filters.network.tcp_proxy',
        typed_config: { '@type': 'envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy', cluster: 'a' },
      },
    ],
    [
      'untyped configuration',
      { name: 'envoy.router', config: { start_child_span: true } },
      { name: 'envoy.filters.http.router', typed_config: { start_child_span: true } },
    ],
    [
      'TLS of v2',
      { tlsContext: { sni: 'a' } },
      { transport_socket: { name: 'envoy.transport_sockets.tls', typed_config: { sni: 'a' } } },
    ],
    [
      'hosts of v2',
      { name: 'a', hosts: [{ pipe: { path: '/x' } }] },
      {
        name: 'a',
        load_assignment: {
          cluster_name: 'a',
          endpoints: [{ lb_endpoints: [{ endpoint: { address: { pipe: { path: '/x' } } } }] }],
        },
      },
    ],
    ['bind_to_port of v2', { deprecatedV1: { bindToPort: false } }, { bind_to_port: false }],
    ['a header match', { name: 'a', exactMatch: 'b' }, { name: 'a', string_match: { exact: 'b' } }],
    ['a field that Envoy hides', { hidden_envoy_deprecated_uses: 1 }, { uses: 1 }],
  ])('%s', (_, message, expected) => {
    expect(canonical(message)).toEqual(expected);
  });

  it.each(['text', 1, [], null, undefined])('is empty for %j, which is no message', message => {
    expect(canonical(message)).toEqual({});
  });
});
