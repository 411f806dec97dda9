import { describe, expect, it } from 'vitest';
import type { TraceRequest } from '../../../src/trace/request.js';
import { traceRequest } from '../../../src/trace/trace.js';
import { chain, extension, HTTP_INSPECTOR, listener, TLS_INSPECTOR, tcp } from '../../support/messages.js';
import { GATEWAY, type Json, minimalProxy } from '../../support/minimal-proxy.js';

const TLS: TraceRequest = { protocol: 'http', tls: 'tls', sni: 'A.Example', alpn: ['h2', 'http/1.1'] };
const DISABLED_ON_80 = { filter_disabled: { destination_port_range: { start: 80, end: 81 } } };

async function filtered(filters: readonly Json[], request: TraceRequest, more: Json = {}, node: Json = {}) {
  const proxy = await minimalProxy({
    node: { ...GATEWAY, ...node },
    listeners: [listener(80, [chain([tcp('a')])], { listener_filters: filters, ...more })],
  });
  const { steps, assumptions, filterChain } = traceRequest(proxy, { ip: '10.0.0.2', port: 80, ...request });
  const step = steps.find(({ hop }) => hop === 'listener-filters');
  return { why: step?.why, details: step?.details ?? [], assumptions, filterChain };
}

describe('what the inspectors find out', () => {
  const both = [TLS_INSPECTOR, HTTP_INSPECTOR];

  it.each<[string, Json[], TraceRequest, string]>([
    ['TLS', both, TLS, 'transport protocol tls, SNI a.example, application protocol h2, http/1.1'],
    ['TLS without SNI', both, { ...TLS, sni: '' }, 'transport protocol tls, no SNI, application protocol h2, http/1.1'],
    [
      'TLS without ALPN',
      both,
      { ...TLS, alpn: [] },
      'transport protocol tls, SNI a.example, no application protocol seen',
    ],
    ['HTTP/1.1', both, {}, 'transport protocol raw_buffer, no SNI, application protocol http/1.1'],
    ['HTTP/1.0', both, { alpn: ['http/1.0'] }, 'transport protocol raw_buffer, no SNI, application protocol http/1.0'],
    ['HTTP/2', both, { protocol: 'http2' }, 'transport protocol raw_buffer, no SNI, application protocol h2c'],
    ['bytes', both, { protocol: 'tcp' }, 'transport protocol raw_buffer, no SNI, no application protocol seen'],
    [
      'TLS, nobody looks',
      [],
      TLS,
      'transport protocol raw_buffer, SNI not seen: no TLS inspector on this port, no application protocol seen',
    ],
    [
      'TLS, only HTTP is looked for',
      [HTTP_INSPECTOR],
      TLS,
      'transport protocol raw_buffer, SNI not seen: no TLS inspector on this port, no application protocol seen',
    ],
    [
      'TLS, switched off for the port',
      [{ ...TLS_INSPECTOR, ...DISABLED_ON_80 }],
      TLS,
      'transport protocol raw_buffer, SNI not seen: no TLS inspector on this port, no application protocol seen',
    ],
    [
      'v2 names without a type',
      [{ name: 'envoy.listener.tls_inspector' }],
      TLS,
      'transport protocol tls, SNI a.example, application protocol h2, http/1.1',
    ],
  ])('%s', async (_, filters, request, why) => {
    expect((await filtered(filters, request)).why).toBe(why);
  });
});

describe('a TLS inspector that nobody configured', () => {
  const bySni = {
    filter_chains: [chain([tcp('a')], { name: 'sni', filter_chain_match: { server_names: ['a.example'] } })],
  };
  const byAlpn = {
    filter_chains: [chain([tcp('a')], { name: 'alpn', filter_chain_match: { application_protocols: ['h2'] } })],
  };
  const raw = {
    filter_chains: [
      chain([tcp('a')], { filter_chain_match: { transport_protocol: 'raw_buffer', application_protocols: ['h2'] } }),
    ],
  };
  const istio = (version: string): Json => ({ metadata: { ISTIO_VERSION: version } });

  it.each<[string, Json, Json, string | null]>([
    ['Istio 1.1, a chain by SNI', bySni, istio('1.1.6'), 'sni'],
    ['Istio 1.9, a chain by ALPN', byAlpn, istio('1.9.9'), 'alpn'],
    ['Istio 1.10 adds none', bySni, istio('1.10.0'), null],
    ['Envoy 1.17 by its own version', bySni, { build_version: 'abc/1.17.3/Clean/RELEASE' }, 'sni'],
    ['Envoy 1.18', bySni, { build_version: 'abc/1.18.0/Clean/RELEASE' }, null],
    ['an unknown version adds none', bySni, {}, null],
    ['not for raw_buffer', raw, istio('1.1.6'), null],
  ])('%s', async (_, chains, node, expected) => {
    const { filterChain, details } = await filtered([], TLS, chains, node);
    expect(filterChain).toBe(expected);
    expect(details.some(line => line.includes('adds by itself'))).toBe(expected !== null);
  });
});

describe('other listener filters', () => {
  it('assumes a PROXY header', async () => {
    const { assumptions } = await filtered([{ name: 'envoy.filters.listener.proxy_protocol' }], {});
    expect(assumptions.join()).toContain('PROXY protocol header');
  });

  it('takes use_proxy_proto of v2 for the filter', async () => {
    const { details } = await filtered([], {}, { filter_chains: [chain([tcp('a')], { use_proxy_proto: true })] });
    expect(details).toEqual(['use_proxy_proto: reads the client’s address from a PROXY header']);
  });

  it('names one that it does not know', async () => {
    const { details, assumptions } = await filtered([extension('mine', 'example.Mine')], {});
    expect(details).toEqual(['mine: not known to mesh-trace, taken as letting the connection pass']);
    expect(assumptions.join()).toContain('listener filter mine (example.Mine)');
  });

  it.each([
    [{}, '15s, then closed'],
    [{ listener_filters_timeout: '5s', continue_on_listener_filters_timeout: true }, '5s, then goes on without it'],
    [{ listener_filters_timeout: '0s' }, 'ever (listener_filters_timeout 0)'],
  ])('says how long a server that speaks first is waited for: %j', async (more, timeout) => {
    const { details } = await filtered([HTTP_INSPECTOR], { protocol: 'tcp' }, more);
    expect(details.at(-1)).toBe(`a client that waits for the server’s first bytes is held for ${timeout}`);
  });

  it('waits for nobody where the inspector is off', async () => {
    const { details } = await filtered([{ ...HTTP_INSPECTOR, ...DISABLED_ON_80 }], { protocol: 'tcp' });
    expect(details).toEqual(['envoy.filters.listener.http_inspector: switched off for port 80']);
  });
});
