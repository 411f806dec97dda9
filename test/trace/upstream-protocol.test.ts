import { describe, expect, it } from 'vitest';
import type { TraceRequest } from '../../src/trace/request.js';
import { traceRequest } from '../../src/trace/trace.js';
import {
  chain,
  extension,
  hcm,
  listener,
  route,
  staticCluster,
  virtualHost,
  virtualOutbound,
} from '../support/messages.js';
import { type Json, minimalProxy } from '../support/minimal-proxy.js';

const TLS = 'envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext';
const OPTIONS = 'envoy.extensions.upstreams.http.v3.HttpProtocolOptions';

async function tlsTo(options: Json, request: TraceRequest): Promise<string | undefined> {
  const cluster = staticCluster('c', ['10.1.2.3:8443'], {
    transport_socket: extension('envoy.transport_sockets.tls', TLS, { sni: 'own.example' }),
    typed_extension_protocol_options: { [OPTIONS]: { upstream_http_protocol_options: options } },
  });
  const web = listener(80, [chain([hcm([virtualHost([route('c')])])])]);
  const proxy = await minimalProxy({ listeners: [virtualOutbound(), web], clusters: [cluster] });
  const { steps } = traceRequest(proxy, { to: '10.1.1.1:80', ...request });
  return steps.find(({ hop }) => hop === 'upstream-tls')?.why;
}

describe('the SNI towards the upstream', () => {
  it.each<[what: string, options: Json, request: TraceRequest, sni: string]>([
    ['is the context’s own', {}, { host: 'a.example' }, 'own.example'],
    ['is the authority without its port with auto_sni', { auto_sni: true }, { host: 'a.example:8443' }, 'a.example'],
    ['is never an IPv4 address', { auto_sni: true }, { host: '10.0.0.9:8443' }, 'own.example'],
    ['is never an IPv6 address', { auto_sni: true }, { host: '[fd00::9]:8443' }, 'own.example'],
    [
      'is the header that the options name',
      { auto_sni: true, override_auto_sni_header: 'x-sni' },
      { host: 'a.example', headers: { 'x-sni': 'b.example' } },
      'b.example',
    ],
    [
      'is the authority where that header is not sent',
      { auto_sni: true, override_auto_sni_header: 'x-sni' },
      { host: 'a.example' },
      'a.example',
    ],
  ])('%s', async (_, options, request, sni) => {
    expect(await tlsTo(options, request)).toContain(`SNI ${sni}`);
  });
});
