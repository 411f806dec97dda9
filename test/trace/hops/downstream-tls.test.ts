import { describe, expect, it } from 'vitest';
import type { TraceRequest } from '../../../src/trace/request.js';
import { traceRequest } from '../../../src/trace/trace.js';
import { chain, downstreamTls, extension, hcm, listener, route, tcp, virtualHost } from '../../support/messages.js';
import { GATEWAY, type Json, type MinimalParts, minimalProxy } from '../../support/minimal-proxy.js';
import { proxyOf } from '../../support/snapshot.js';

const WANTS = { require_client_certificate: true };
const web = hcm([virtualHost([route('a')])]);

async function shaken(tls: Json, request: TraceRequest, parts: MinimalParts = {}) {
  const proxy = await minimalProxy({ node: GATEWAY, listeners: [listener(443, [chain([web], tls)])], ...parts });
  const result = traceRequest(proxy, { ip: '10.0.0.2', port: 443, ...request });
  return { result, step: result.steps.find(({ hop }) => hop === 'downstream-tls') };
}

function names(fields: Json): Json {
  return downstreamTls({ common_tls_context: { combined_validation_context: { default_validation_context: fields } } });
}

const inDomain = names({ match_subject_alt_names: [{ prefix: 'spiffe://cluster.local/' }] });
const typed = names({
  match_typed_subject_alt_names: [{ san_type: 'URI', matcher: { exact: 'spiffe://a/ns/b/sa/c' } }],
});
const early = downstreamTls({
  common_tls_context: { validation_context: { verify_subject_alt_name: ['spiffe://a/ns/b/sa/c'] } },
});
const federated = names({
  custom_validator_config: extension('spiffe', 'envoy.extensions.transport_sockets.tls.v3.SPIFFECertValidatorConfig', {
    trust_domains: [{ name: 'a' }, { name: 'b' }],
  }),
});

const as = (principal?: string): TraceRequest => ({
  tls: 'mtls',
  ...(principal === undefined ? {} : { from: { principal } }),
});

describe('the chain’s TLS against what arrives', () => {
  it.each<[string, Json, TraceRequest, string | null]>([
    ['plaintext into TLS', downstreamTls(), {}, 'tls_error'],
    ['TLS into TLS', downstreamTls(), { tls: 'tls' }, null],
    ['a client certificate that nobody asked for', downstreamTls(), { tls: 'mtls' }, null],
    ['no client certificate', downstreamTls(WANTS), { tls: 'tls' }, 'mtls_error'],
    ['a client certificate', downstreamTls(WANTS), { tls: 'mtls' }, null],
    ['TLS into plaintext HTTP', {}, { tls: 'tls' }, 'protocol_error'],
    [
      'v2’s tls_context',
      { tls_context: { common_tls_context: {}, require_client_certificate: true } },
      { tls: 'tls' },
      'mtls_error',
    ],
    ['a name of the trust domain', inDomain, as('spiffe://cluster.local/ns/a/sa/b'), null],
    ['a name of another one', inDomain, as('spiffe://other/ns/a/sa/b'), 'mtls_error'],
    ['the very name', typed, as('spiffe://a/ns/b/sa/c'), null],
    ['another name', typed, as('spiffe://a/ns/b/sa/d'), 'mtls_error'],
    ['v2’s very name', early, as('spiffe://a/ns/b/sa/c'), null],
    ['v2, another name', early, as('spiffe://a/ns/b/sa/d'), 'mtls_error'],
    ['a federated trust domain', federated, as('spiffe://b/ns/x/sa/y'), null],
    ['a trust domain that is not federated', federated, as('spiffe://c/ns/x/sa/y'), 'mtls_error'],
    ['a name that nobody gave', inDomain, as(), null],
  ])('%s', async (_, tls, request, reason) => {
    const { result } = await shaken(tls, request);
    expect(result.reason).toBe(reason === null ? 'no_cluster' : reason);
    if (reason !== null) expect(result.outcome).toBe('closed');
  });

  it('assumes a name that nobody gave, where the chain asks for names', async () => {
    expect((await shaken(inDomain, as())).result.assumptions).toContain(
      'the client’s certificate is one that the chain takes',
    );
    expect((await shaken(downstreamTls(WANTS), as())).result.assumptions).toEqual([]);
  });

  it.each([
    ['', downstreamTls()],
    [', before it asks for the client’s', downstreamTls(WANTS)],
  ])('closes while the certificate is on its way%s', async (_, tls) => {
    const { result } = await shaken(tls, { tls: 'tls' }, { warmingSecrets: ['kubernetes://cert'] });
    expect(result.reason).toBe('tls_error');
    expect(result.sentence).toContain('kubernetes://cert is warming');
  });

  it('leaves TLS alone where the chain has none', async () => {
    const proxy = await minimalProxy({ node: GATEWAY, listeners: [listener(443, [chain([tcp('a')])])] });
    const { steps } = traceRequest(proxy, { ip: '10.0.0.2', port: 443, tls: 'tls', protocol: 'tcp' });
    expect(steps.find(({ hop }) => hop === 'downstream-tls')?.why).toContain('goes on unread');
  });

  it('names a transport socket that it does not know', async () => {
    const { result, step } = await shaken({ transport_socket: extension('x', 'example.sockets.v1.Alts') }, {});
    expect(step?.status).toBe('unsupported');
    expect(result.assumptions.join()).toContain('transport socket sockets');
  });
});

describe('facts about the handshake', () => {
  it.each<[TraceRequest, string]>([
    [{ tls: 'tls', alpn: ['http/1.1', 'h2'] }, 'ALPN: h2, http/1.1; agreed on h2'],
    [{ tls: 'tls', alpn: ['spdy'] }, 'ALPN: h2, http/1.1; none in common with the client'],
  ])('%j: %s', async (request, expected) => {
    const { step } = await shaken(
      downstreamTls({ common_tls_context: { alpn_protocols: ['h2', 'http/1.1'] } }),
      request,
    );
    expect(step?.details).toContain(expected);
  });

  it.each([
    ['2026-01-01T00:00:00Z', 'valid until 2027-02-21T13:19:57Z'],
    ['2028-01-01T00:00:00Z', 'expired at 2027-02-21T13:19:57Z'],
  ])('tells whom the certificate names and at %s that it is %s', async (now, validity) => {
    const proxy = await proxyOf('bookinfo-1.30', 'istio-ingressgateway');
    const { steps } = traceRequest(proxy, { to: 'https://bookinfo.example.com/productpage' }, 1, { now });
    expect(steps.find(({ hop }) => hop === 'downstream-tls')?.details[0]).toBe(
      `certificate: kubernetes://bookinfo-credential (names bookinfo.example.com, ${validity})`,
    );
  });
});
