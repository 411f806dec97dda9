import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { overlappingChains } from '../../src/match/chain-overlap.js';
import type { Json } from '../support/minimal-proxy.js';
import { viewOf } from './view-of.js';

const pairs = (...matches: Json[]) => overlappingChains(matches.map(viewOf));
const range = (address_prefix: string, prefix_len: number) => ({ address_prefix, prefix_len });

describe('filter chains that match the same connections', () => {
  it.each<[string, Json, Json, boolean]>([
    ['nothing set', {}, {}, true],
    ['one port', { destination_port: 1 }, { destination_port: 1 }, true],
    ['a port and none', { destination_port: 1 }, {}, false],
    ['one server name of several', { server_names: ['a', 'b'] }, { server_names: ['b', 'c'] }, true],
    ['server names in another case', { server_names: ['A.b'] }, { server_names: ['a.B'] }, true],
    ['wildcards in both forms', { server_names: ['*.b'] }, { server_names: ['.b'] }, true],
    ['a wildcard and a name below it', { server_names: ['*.b'] }, { server_names: ['a.b'] }, false],
    [
      'ranges with host bits',
      { prefix_ranges: [range('10.1.2.3', 8)] },
      { prefix_ranges: [range('10.0.0.0', 8)] },
      true,
    ],
    [
      'ranges of other lengths',
      { prefix_ranges: [range('10.0.0.0', 8)] },
      { prefix_ranges: [range('10.0.0.0', 9)] },
      false,
    ],
    ['source types of both versions', { source_type: 'LOCAL' }, { source_type: 'SAME_IP_OR_LOOPBACK' }, true],
    [
      'one criterion apart',
      { server_names: ['a'], source_ports: [1] },
      { server_names: ['a'], source_ports: [2] },
      false,
    ],
  ])('%s', (_, a, b, expected) => {
    expect(pairs(a, b)).toEqual(expected ? [[0, 1]] : []);
  });

  it('tells each chain once', () => {
    expect(pairs({}, { destination_port: 1 }, {}, {})).toEqual([
      [0, 2],
      [0, 3],
    ]);
  });

  it('takes no longer for many values', () => {
    const many = Array.from({ length: 3000 }, (_, i) => `n${i}`);
    const ports = Array.from({ length: 3000 }, (_, i) => i);
    const match = { server_names: many, source_ports: ports, application_protocols: many };
    const start = performance.now();
    expect(pairs(match, { ...match, transport_protocol: 'tls' })).toEqual([]);
    expect(performance.now() - start).toBeLessThan(1000);
  });

  it('agrees with every combination of single values', () => {
    const list = (values: readonly string[]) => fc.uniqueArray(fc.constantFrom(...values), { maxLength: 2 });
    const match = fc.record({
      server_names: list(['a', 'b']),
      application_protocols: list(['h2', 'x']),
      source_ports: list(['1', '2']),
    });
    const combinations = (value: Record<string, string[]>) =>
      Object.values(value).reduce<string[]>(
        (keys, values) => keys.flatMap(key => (values.length === 0 ? ['-'] : values).map(one => `${key} ${one}`)),
        [''],
      );
    fc.assert(
      fc.property(match, match, (a, b) => {
        const expected = combinations(a).some(key => combinations(b).includes(key));
        expect(pairs(a, b).length > 0).toBe(expected);
      }),
    );
  });
});
