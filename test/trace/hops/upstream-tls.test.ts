import { describe, expect, it } from 'vitest';
import { traceRequest } from '../../../src/trace/trace.js';
import { chain, extension, hcm, listener, route, staticCluster, tcp, virtualHost } from '../../support/messages.js';
import { GATEWAY, type Json, minimalProxy } from '../../support/minimal-proxy.js';

const UPSTREAM_TLS = 'envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext';

function socket(context: Json): Json {
  return { transport_socket: extension('tls', UPSTREAM_TLS, { common_tls_context: context, sni: 'shop.example' }) };
}

const MUTUAL = socket({
  tls_certificate_sds_secret_configs: [{ name: 'default' }],
  combined_validation_context: { validation_context_sds_secret_config: { name: 'ROOTCA' } },
});

/** A gateway whose port 80 leads to a cluster with this socket, by HTTP or byte by byte. */
async function traced(cluster: Json, filter: Json, more: Json = {}) {
  const proxy = await minimalProxy({
    node: GATEWAY,
    listeners: [listener(80, [chain([filter])])],
    clusters: [staticCluster('shop', ['10.0.0.9:8080'], cluster)],
    ...more,
  });
  const result = traceRequest(proxy, { to: 'shop.example:80', protocol: filter === TCP ? 'tcp' : 'http' });
  return { result, step: result.steps.find(({ hop }) => hop === 'upstream-tls') };
}

const HTTP = hcm([virtualHost([route('shop')])]);
const TCP = tcp('shop');

describe('the transport socket of a cluster', () => {
  it.each<[string, Json, string]>([
    ['none', {}, 'plaintext'],
    ['TLS', socket({}), 'TLS, SNI shop.example'],
    ['mutual TLS', MUTUAL, 'mutual TLS, SNI shop.example'],
  ])('%s', async (_, cluster, why) => {
    const { step } = await traced(cluster, HTTP);
    expect(step).toMatchObject({ status: 'matched', why });
  });

  it.each<[string, Json, Json]>([
    ['HTTP', HTTP, { outcome: 'closed', reason: 'tls_error', responseCode: 503, responseFlag: 'UF' }],
    ['TCP', TCP, { outcome: 'closed', reason: 'tls_error', responseCode: null, responseFlag: 'UF' }],
  ])('that waits for a secret makes no connection: %s', async (_, filter, expected) => {
    for (const name of ['default', 'ROOTCA']) {
      const { result, step } = await traced(MUTUAL, filter, { warmingSecrets: [name] });
      expect(result).toMatchObject(expected);
      expect(step).toMatchObject({ status: 'rejected' });
      expect(result.sentence).toContain(`the secret ${name} is warming`);
    }
  });
});
