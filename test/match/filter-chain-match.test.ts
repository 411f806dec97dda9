import { describe, expect, it } from 'vitest';
import { type ConnectionFacts, chainCriteria, isLocalConnection } from '../../src/match/filter-chain-match.js';
import type { Json } from '../support/minimal-proxy.js';
import { viewOf } from './view-of.js';

const FACTS: ConnectionFacts = {
  destinationPort: 443,
  destinationIp: '10.1.2.3',
  sni: 'a.b.c',
  transportProtocol: 'tls',
  applicationProtocols: ['h2', 'http/1.1'],
  directSourceIp: '192.0.2.1',
  sourceIp: '198.51.100.7',
  sourcePort: 4711,
};

const cidr = (address_prefix: string, prefix_len?: number | string): Json => ({ address_prefix, prefix_len });

function closeness(field: string, match: Json, facts: Partial<ConnectionFacts> = {}) {
  const criterion = chainCriteria({ ...FACTS, ...facts }).find(candidate => candidate.field === field);
  return criterion?.fit({ match: viewOf(match) });
}

describe('how closely a chain fits a criterion', () => {
  it('asks in Envoy’s order', () => {
    expect(chainCriteria(FACTS).map(({ field }) => field)).toEqual([
      'destination_port',
      'prefix_ranges',
      'server_names',
      'transport_protocol',
      'application_protocols',
      'direct_source_prefix_ranges',
      'source_type',
      'source_prefix_ranges',
      'source_ports',
    ]);
  });

  it.each<[string, Json, Partial<ConnectionFacts>, 'unset' | 'fits' | 'fails']>([
    ['destination_port', {}, {}, 'unset'],
    ['destination_port', { destination_port: 443 }, {}, 'fits'],
    ['destination_port', { destinationPort: '443' }, {}, 'fits'],
    ['destination_port', { destination_port: 80 }, {}, 'fails'],
    ['prefix_ranges', { prefix_ranges: [] }, {}, 'unset'],
    ['prefix_ranges', { prefix_ranges: [cidr('10.1.2.99', 24)] }, {}, 'fits'],
    ['prefix_ranges', { prefix_ranges: [cidr('10.1.2.3', '32')] }, {}, 'fits'],
    ['prefix_ranges', { prefix_ranges: [cidr('0.0.0.0')] }, {}, 'fits'],
    ['prefix_ranges', { prefix_ranges: [cidr('10.1.3.0', 24)] }, {}, 'fails'],
    ['prefix_ranges', { prefix_ranges: [cidr('2001:db8::', 32)] }, { destinationIp: '2001:DB8::7' }, 'fits'],
    ['prefix_ranges', { prefix_ranges: [cidr('::')] }, {}, 'fails'],
    ['server_names', {}, {}, 'unset'],
    ['server_names', { server_names: ['A.b.C'] }, {}, 'fits'],
    ['server_names', { server_names: ['*.c'] }, {}, 'fits'],
    ['server_names', { server_names: ['b.c'] }, {}, 'fails'],
    ['server_names', { server_names: ['a.b.c'] }, { sni: null }, 'fails'],
    ['server_names', { sni_domains: ['a.b.c'] }, {}, 'fits'],
    ['transport_protocol', { transport_protocol: '' }, {}, 'unset'],
    ['transport_protocol', { transport_protocol: 'tls' }, {}, 'fits'],
    ['transport_protocol', { transport_protocol: 'raw_buffer' }, {}, 'fails'],
    ['application_protocols', { application_protocols: ['http/1.1'] }, {}, 'fits'],
    ['application_protocols', { application_protocols: ['istio'] }, {}, 'fails'],
    ['application_protocols', { application_protocols: ['h2'] }, { applicationProtocols: [] }, 'fails'],
    ['direct_source_prefix_ranges', { direct_source_prefix_ranges: [cidr('192.0.2.0', 24)] }, {}, 'fits'],
    ['direct_source_prefix_ranges', { direct_source_prefix_ranges: [cidr('198.51.100.0', 24)] }, {}, 'fails'],
    ['source_type', { source_type: 'ANY' }, {}, 'unset'],
    ['source_type', { source_type: 0 }, {}, 'unset'],
    ['source_type', { source_type: 'EXTERNAL' }, {}, 'fits'],
    ['source_type', { source_type: 2 }, {}, 'fits'],
    ['source_type', { source_type: 'SAME_IP_OR_LOOPBACK' }, {}, 'fails'],
    ['source_type', { source_type: 'LOCAL' }, { sourceIp: '127.0.0.1' }, 'fits'],
    ['source_type', { source_type: 1 }, { sourceIp: '10.1.2.3' }, 'fits'],
    ['source_prefix_ranges', { source_prefix_ranges: [cidr('198.51.100.0', 24)] }, {}, 'fits'],
    ['source_prefix_ranges', { source_prefix_ranges: [cidr('192.0.2.0', 24)] }, {}, 'fails'],
    ['source_ports', { source_ports: [] }, {}, 'unset'],
    ['source_ports', { source_ports: [1, 4711] }, {}, 'fits'],
    ['source_ports', { source_ports: [1] }, {}, 'fails'],
  ])('%s %j %j: %s', (field, match, facts, expected) => {
    const result = closeness(field, match, facts);
    if (expected === 'fits') expect(result).toBeGreaterThan(0);
    else expect(result).toBe(expected === 'unset' ? 0 : null);
  });

  it.each<[string, Json, Json]>([
    ['prefix_ranges', { prefix_ranges: [cidr('10.1.2.0', 24)] }, { prefix_ranges: [cidr('10.0.0.0', 8)] }],
    ['prefix_ranges', { prefix_ranges: [cidr('0.0.0.0')] }, {}],
    [
      'prefix_ranges',
      { prefix_ranges: [cidr('10.1.2.3', 32), cidr('10.0.0.0', 8)] },
      { prefix_ranges: [cidr('10.1.2.0', 24)] },
    ],
    ['server_names', { server_names: ['a.b.c'] }, { server_names: ['*.b.c'] }],
    ['server_names', { server_names: ['*.b.c'] }, { server_names: ['*.c'] }],
    ['application_protocols', { application_protocols: ['h2'] }, { application_protocols: ['http/1.1'] }],
  ])('%s: %j comes before %j', (field, closer, looser) => {
    expect(Number(closeness(field, closer))).toBeGreaterThan(Number(closeness(field, looser)));
  });

  it.each<[string, Json, Partial<ConnectionFacts>, string]>([
    ['prefix_ranges', { prefix_ranges: [cidr('10.0.0.0', 8)] }, { destinationIp: null }, 'destination address'],
    [
      'direct_source_prefix_ranges',
      { direct_source_prefix_ranges: [cidr('10.0.0.0', 8)] },
      { directSourceIp: null },
      'directIp',
    ],
    ['source_type', { source_type: 'EXTERNAL' }, { sourceIp: null }, 'from.ip'],
    ['source_prefix_ranges', { source_prefix_ranges: [cidr('10.0.0.0', 8)] }, { sourceIp: null }, 'from.ip'],
    ['source_ports', { source_ports: [1] }, { sourcePort: null }, 'from.port'],
  ])('%s asks for what nobody gave', (field, match, facts, what) => {
    expect(closeness(field, match, facts)).toMatchObject({
      unknown: 'needs-input',
      what: expect.stringContaining(what),
    });
    expect(closeness(field, {}, facts)).toBe(0);
  });
});

describe('connections that Envoy takes for local', () => {
  it.each([
    ['127.0.0.1', '10.0.0.1', true],
    ['::1', '2001:db8::1', true],
    ['127.0.0.6', '10.0.0.1', false],
    ['10.0.0.1', '10.0.0.1', true],
    ['2001:db8:0::1', '2001:db8::1', true],
    ['10.0.0.2', '10.0.0.1', false],
    ['10.0.0.2', null, false],
  ])('%s to %s: %s', (source, destination, expected) => {
    expect(isLocalConnection(source, destination)).toBe(expected);
  });
});
