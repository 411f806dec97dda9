import { describe, expect, it } from 'vitest';
import type { TraceRequest } from '../../../src/trace/request.js';
import { traceRequest } from '../../../src/trace/trace.js';
import { chain, extension, listener, TLS_INSPECTOR, tcp } from '../../support/messages.js';
import { GATEWAY, type Json, minimalProxy } from '../../support/minimal-proxy.js';

const INPUTS = 'envoy.extensions.matching.common_inputs.network.v3';

function named(name: string, match?: Json): Json {
  return chain([tcp('a')], { name, ...(match === undefined ? {} : { filter_chain_match: match }) });
}

async function chosen(chains: readonly Json[], more: Json = {}, request: TraceRequest = {}) {
  const proxy = await minimalProxy({
    node: GATEWAY,
    listeners: [listener(443, chains, { listener_filters: [TLS_INSPECTOR], ...more })],
  });
  const result = traceRequest(proxy, { ip: '10.0.0.2', port: 443, protocol: 'tcp', ...request });
  return { result, step: result.steps.find(({ hop }) => hop === 'filter-chain') };
}

describe('which filter chain takes the connection', () => {
  it('the one that the sieve keeps; the others with the criterion at which they fell', async () => {
    const { result, step } = await chosen(
      [named('plain'), named('b', { server_names: ['b.example'] }), named('a', { server_names: ['a.example'] })],
      {},
      { tls: 'tls', sni: 'a.example' },
    );
    expect(result.filterChain).toBe('a');
    expect(step?.why).toBe('meets SNI a.example');
    expect(step?.candidates.map(({ name, criterion }) => [name, criterion])).toEqual([
      ['b', 'server_names'],
      ['plain', 'server_names'],
    ]);
  });

  it('no other one where a branch fails later', async () => {
    const chains = [named('host', { server_names: ['a.example'], source_ports: [1] }), named('plain')];
    const { result } = await chosen(chains, {}, { tls: 'tls', sni: 'a.example', from: { ip: '192.0.2.1', port: 2 } });
    expect(result).toMatchObject({ outcome: 'closed', reason: 'no_filter_chain', responseFlag: 'NR' });
  });

  it('default_filter_chain where none fits', async () => {
    const { result, step } = await chosen([named('b', { server_names: ['b.example'] })], {
      default_filter_chain: named('rest'),
    });
    expect(result.filterChain).toBe('rest');
    expect(step?.why).toContain('default_filter_chain');
    expect(step?.pointer).toMatch(/\/default_filter_chain$/);
  });

  it('none of two with the same match: Envoy refuses such a listener', async () => {
    const { result } = await chosen([named('a', { destination_port: 443 }), named('b', { destination_port: 443 })]);
    expect(result).toMatchObject({ outcome: 'undetermined', missing: ['the listener that Envoy really runs'] });
    expect(result.sentence).toContain('a and b have the same match');
  });

  it.each<[string, Json, string]>([
    [
      'from.ip',
      { source_prefix_ranges: [{ address_prefix: '10.0.0.0', prefix_len: 8 }] },
      'the source address (from.ip)',
    ],
    ['from.port', { source_ports: [1] }, 'the source port (from.port)'],
  ])('asks for %s where chains differ by it', async (_, match, what) => {
    const { result } = await chosen([named('a', match), named('b')]);
    expect(result).toMatchObject({ outcome: 'undetermined', reason: 'missing_evidence', missing: [what] });
  });
});

function exact(input: string, map: Record<string, string>, config: Json = {}): Json {
  const actions = Object.entries(map).map(([key, name]) => [key, { action: chainAction(name) }]);
  return {
    matcher_tree: {
      input: extension('input', `${INPUTS}.${input}`, config),
      exact_match_map: { map: Object.fromEntries(actions) },
    },
  };
}

function chainAction(name: string): Json {
  return extension('action', 'google.protobuf.StringValue', { value: name });
}

describe('filter_chain_matcher', () => {
  const chains = [named('a', { server_names: ['never.example'] }), named('b')];
  const from = { ip: '192.0.2.1', port: 4711, principal: 'spiffe://td/ns/n/sa/s' };

  it.each<[string, Json, TraceRequest]>([
    ['DestinationPortInput', exact('DestinationPortInput', { 443: 'a' }), {}],
    ['DestinationIPInput', exact('DestinationIPInput', { '10.0.0.2': 'a' }), {}],
    ['SourceIPInput', exact('SourceIPInput', { '192.0.2.1': 'a' }), { from }],
    [
      'DirectSourceIPInput',
      exact('DirectSourceIPInput', { '198.51.100.1': 'a' }),
      { from: { ...from, directIp: '198.51.100.1' } },
    ],
    ['SourcePortInput', exact('SourcePortInput', { 4711: 'a' }), { from }],
    ['SourceTypeInput', exact('SourceTypeInput', { local: 'a' }), { from: { ip: '127.0.0.1' } }],
    ['ServerNameInput', exact('ServerNameInput', { 'x.example': 'a' }), { tls: 'tls', sni: 'X.example' }],
    ['TransportProtocolInput', exact('TransportProtocolInput', { tls: 'a' }), { tls: 'tls' }],
    [
      'ApplicationProtocolInput',
      exact('ApplicationProtocolInput', { "'h2','http/1.1'": 'a' }),
      { tls: 'tls', alpn: ['h2', 'http/1.1'] },
    ],
    [
      'FilterStateInput',
      exact('FilterStateInput', { 'spiffe://td/ns/n/sa/s': 'a' }, { key: 'io.istio.peer_principal' }),
      { tls: 'mtls', from },
    ],
  ])('%s', async (_, filter_chain_matcher, request) => {
    expect((await chosen(chains, { filter_chain_matcher }, request)).result.filterChain).toBe('a');
  });

  it.each<[string, Json, TraceRequest, string]>([
    ['the source address', exact('SourceIPInput', {}), {}, 'the source address (from.ip)'],
    ['the source address for its type', exact('SourceTypeInput', {}), {}, 'the source address (from.ip)'],
    ['other filter state', exact('FilterStateInput', {}, { key: 'mine' }), {}, 'matcher input for filter state mine'],
    [
      'an input that it does not know',
      exact('EnvironmentVariable', {}),
      {},
      `matcher input ${INPUTS}.EnvironmentVariable`,
    ],
  ])('names %s', async (_, filter_chain_matcher, request, what) => {
    expect((await chosen(chains, { filter_chain_matcher }, request)).result.missing).toEqual([what]);
  });

  it('takes default_filter_chain where nothing matches', async () => {
    const more = {
      filter_chain_matcher: exact('DestinationPortInput', { 80: 'a' }),
      default_filter_chain: named('rest'),
    };
    expect((await chosen(chains, more)).result.filterChain).toBe('rest');
  });

  it('closes for a name that no chain has, default or not', async () => {
    const more = {
      filter_chain_matcher: exact('DestinationPortInput', { 443: 'gone' }),
      default_filter_chain: named('rest'),
    };
    expect((await chosen(chains, more)).result.reason).toBe('no_filter_chain');
  });

  it('picks none of two chains of one name', async () => {
    const more = { filter_chain_matcher: exact('DestinationPortInput', { 443: 'a' }) };
    expect((await chosen([named('a'), named('a')], more)).result.outcome).toBe('undetermined');
  });
});
