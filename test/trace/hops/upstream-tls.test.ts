import { describe, expect, it } from 'vitest';
import { traceRequest } from '../../../src/trace/trace.js';
import {
  address,
  chain,
  edsCluster,
  extension,
  hcm,
  lbEndpoint,
  listener,
  route,
  virtualHost,
  virtualOutbound,
} from '../../support/messages.js';
import { type Json, type MinimalParts, minimalProxy } from '../../support/minimal-proxy.js';

function socket(sni: string, more: Json = {}): Json {
  return extension('envoy.transport_sockets.tls', 'envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext', {
    sni,
    common_tls_context: { tls_certificate_sds_secret_configs: [{ name: 'default' }] },
    ...more,
  });
}

const RAW = extension(
  'envoy.transport_sockets.raw_buffer',
  'envoy.extensions.transport_sockets.raw_buffer.v3.RawBuffer',
);
const label = (value: string): Json => ({
  metadata: { filter_metadata: { 'envoy.transport_socket_match': { tlsMode: value } } },
});
const MATCHES = [
  { name: 'tlsMode-istio', match: { tlsMode: 'istio' }, transport_socket: socket('mesh') },
  { name: 'tlsMode-disabled', match: { tlsMode: 'disabled' }, transport_socket: RAW },
];

/** The step for a cluster with these endpoints, each alone in a locality with labels of its own. */
async function secured(cluster: Json, groups: readonly Json[], more: MinimalParts = {}) {
  const web = listener(80, [chain([hcm([virtualHost([route('c')])])])]);
  const proxy = await minimalProxy({
    listeners: [virtualOutbound(), web],
    clusters: [edsCluster('c', cluster)],
    endpoints: [{ cluster_name: 'c', endpoints: groups }],
    ...more,
  });
  const { steps, endpoints } = traceRequest(proxy, { to: '10.1.1.1:80', host: 'a' });
  return { step: steps.find(({ hop }) => hop === 'upstream-tls'), modes: endpoints.map(({ tls }) => tls) };
}

const one = (endpoint: Json = {}, group: Json = {}): Json => ({
  lb_endpoints: [lbEndpoint('1.1.1.1:1', endpoint)],
  ...group,
});

describe('the transport socket of an endpoint', () => {
  it.each<[string, Json, Json, string]>([
    ['its own label', { transport_socket_matches: MATCHES }, one(label('istio')), 'mtls'],
    ['its locality’s label', { transport_socket_matches: MATCHES }, one({}, label('istio')), 'mtls'],
    [
      'its own label before its locality’s',
      { transport_socket_matches: MATCHES },
      one(label('disabled'), label('istio')),
      'plaintext',
    ],
    [
      'no label: the cluster’s own',
      { transport_socket_matches: MATCHES, transport_socket: socket('own', { common_tls_context: {} }) },
      one(),
      'tls',
    ],
    ['no label and no socket', { transport_socket_matches: MATCHES }, one(), 'plaintext'],
    [
      'a match without labels',
      { transport_socket_matches: [{ name: 'any', transport_socket: socket('x') }] },
      one(),
      'mtls',
    ],
    [
      'a matcher tree',
      { transport_socket_matches: MATCHES, transport_socket_matcher: { on_no_match: {} } },
      one(label('istio')),
      'unknown',
    ],
  ])('%s', async (_, cluster, group, expected) => {
    expect((await secured(cluster, [group])).modes).toEqual([expected]);
  });

  it('tells which endpoints get which, and their shares', async () => {
    const endpoints = ['1.1.1.1:1', '1.1.1.2:1', '1.1.1.3:1'].map((host, i) =>
      lbEndpoint(host, i === 2 ? {} : label('istio')),
    );
    const { step } = await secured({ transport_socket_matches: MATCHES }, [{ lb_endpoints: endpoints }]);
    expect(step?.why).toBe('2 endpoints (66.7%): mutual TLS, SNI mesh; 1 endpoint (33.3%): plaintext');
    expect(step?.details).toEqual([
      'mtls (match tlsMode-istio): 1.1.1.1:1, 1.1.1.2:1',
      'mtls (match tlsMode-istio): client certificate: default',
      'plaintext (the cluster’s own socket): 1.1.1.3:1',
    ]);
  });

  it('is not known where only /clusters shows the endpoints', async () => {
    const statuses = [{ name: 'c', host_statuses: [{ address: address('1.1.1.1', 1), health_status: {} }] }];
    const { step, modes } = await secured({ transport_socket_matches: MATCHES }, [], { endpoints: null, statuses });
    expect([step?.status, modes]).toEqual(['needs-input', ['unknown']]);
  });
});
