import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ConnectionFacts, chainCriteria, isLocalConnection } from '../../src/match/filter-chain-match.js';
import { type Criterion, sieve } from '../../src/match/sieve.js';
import type { View } from '../../src/model/view.js';
import { viewOf } from './view-of.js';

/** A chain's match in plain values; an empty list or null sets nothing. */
interface Plain {
  port: number | null;
  ranges: string[];
  names: string[];
  transport: string | null;
  protocols: string[];
  direct: string[];
  type: 'SAME_IP_OR_LOOPBACK' | 'EXTERNAL' | null;
  sources: string[];
  ports: number[];
}

const RANGES = ['10.0.0.0/8', '10.1.0.0/16', '10.1.2.0/24', '10.1.2.3/32', '11.0.0.0/8'];
const IPS = ['10.1.2.3', '10.1.2.4', '10.1.9.9', '10.9.9.9', '11.1.1.1', '12.1.1.1', '127.0.0.1'];
const NAMES = ['a.b.c', '*.b.c', '*.c', 'x.c', 'A.B.C'];
const orNull = <T>(values: readonly T[]) => fc.option(fc.constantFrom(...values), { freq: 2 });

/** Chains set few criteria, so that several of them get as far as the last ones. */
const some = <T>(values: readonly T[]) =>
  fc.oneof(
    { arbitrary: fc.constant<T[]>([]), weight: 3 },
    { arbitrary: fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 2 }), weight: 1 },
  );
const rarely = <T>(values: readonly T[]) =>
  fc.oneof({ arbitrary: fc.constant(null), weight: 3 }, { arbitrary: fc.constantFrom(...values), weight: 1 });

const chainArbitrary: fc.Arbitrary<Plain> = fc.record({
  port: rarely([80, 443]),
  ranges: some(RANGES),
  names: some(NAMES),
  transport: rarely(['tls', 'raw_buffer']),
  protocols: some(['h2', 'http/1.1', 'istio']),
  direct: some(RANGES),
  type: rarely(['SAME_IP_OR_LOOPBACK', 'EXTERNAL'] as const),
  sources: some(RANGES),
  ports: some([1, 2]),
});

const factsArbitrary: fc.Arbitrary<
  ConnectionFacts & { destinationIp: string; directSourceIp: string; sourceIp: string; sourcePort: number }
> = fc.record({
  destinationPort: fc.constantFrom(80, 443, 81),
  destinationIp: fc.constantFrom(...IPS),
  sni: orNull(['a.b.c', 'z.b.c', 'x.c', 'y.c', 'other']),
  transportProtocol: fc.constantFrom('tls', 'raw_buffer'),
  applicationProtocols: fc.uniqueArray(fc.constantFrom('h2', 'http/1.1', 'istio', 'h3')),
  directSourceIp: fc.constantFrom(...IPS),
  sourceIp: fc.constantFrom(...IPS),
  sourcePort: fc.constantFrom(1, 2, 3),
});

function cidrView(text: string) {
  const [address_prefix, length] = text.split('/');
  return { address_prefix, prefix_len: Number(length) };
}

function matchView(chain: Plain): View {
  return viewOf({
    ...(chain.port === null ? {} : { destination_port: chain.port }),
    prefix_ranges: chain.ranges.map(cidrView),
    server_names: chain.names,
    ...(chain.transport === null ? {} : { transport_protocol: chain.transport }),
    application_protocols: chain.protocols,
    direct_source_prefix_ranges: chain.direct.map(cidrView),
    ...(chain.type === null ? {} : { source_type: chain.type }),
    source_prefix_ranges: chain.sources.map(cidrView),
    source_ports: chain.ports,
  });
}

/**
 * The documented rule as a walk through maps, as Envoy builds them: each chain stands under every one of its values, `ANY` where it sets
 * none; the connection gives the keys to look for at each level from the most specific to ANY; the first key that is there is taken, for good.
 */
function reference(chains: readonly Plain[], facts: ConnectionFacts): number[] {
  const ANY = '';
  const held = (values: readonly (string | number)[]) => (values.length === 0 ? [ANY] : values.map(String));
  const ranges = (ip: string) => [...RANGES].filter(range => contains(range, ip)).sort((a, b) => length(b) - length(a));
  const isLocal = isLocalConnection(facts.sourceIp ?? '', facts.destinationIp);
  const levels: [(chain: Plain) => string[], string[]][] = [
    [chain => held(chain.port === null ? [] : [chain.port]), [String(facts.destinationPort)]],
    [chain => held(chain.ranges), ranges(facts.destinationIp ?? '')],
    [chain => held(chain.names.map(name => name.toLowerCase())), namesOf(facts.sni ?? '')],
    [chain => held(chain.transport === null ? [] : [chain.transport]), [facts.transportProtocol]],
    [chain => held(chain.protocols), [...facts.applicationProtocols]],
    [chain => held(chain.direct), ranges(facts.directSourceIp ?? '')],
    [chain => held(chain.type === null ? [] : [chain.type]), [isLocal ? 'SAME_IP_OR_LOOPBACK' : 'EXTERNAL']],
    [chain => held(chain.sources), ranges(facts.sourceIp ?? '')],
    [chain => held(chain.ports), [String(facts.sourcePort)]],
  ];
  let left = chains.map((_, index) => index);
  for (const [keysOf, wanted] of levels) {
    const under = (key: string) => left.filter(index => keysOf(chains[index] as Plain).includes(key));
    left = [...wanted, ANY].map(under).find(found => found.length > 0) ?? [];
  }
  return left;
}

function length(range: string): number {
  return Number(range.split('/')[1]);
}

function contains(range: string, ip: string): boolean {
  const octets = length(range) / 8;
  return (
    range
      .split('.')
      .slice(0, octets)
      .map(part => part.split('/')[0])
      .join() === ip.split('.').slice(0, octets).join()
  );
}

/** `a.b.c`, `*.b.c`, `*.c`. */
function namesOf(sni: string): string[] {
  const labels = sni.split('.');
  return [sni, ...labels.slice(1).map((_, index) => `*.${labels.slice(index + 1).join('.')}`)];
}

describe('the sieve against the documented rule', () => {
  it('keeps the same chains', () => {
    fc.assert(
      fc.property(fc.array(chainArbitrary, { maxLength: 6 }), factsArbitrary, (chains, facts) => {
        const items = chains.map((chain, index) => ({ index, match: matchView(chain) }));
        const { remaining, rejected, unknown } = sieve(items, chainCriteria<(typeof items)[number]>(facts));
        expect(unknown).toBeNull();
        expect(remaining.map(({ index }) => index)).toEqual(reference(chains, facts));
        expect(rejected.length + remaining.length).toBe(chains.length);
      }),
      { numRuns: 1000 },
    );
  });

  it('does not depend on the order of the chains', () => {
    fc.assert(
      fc.property(fc.array(chainArbitrary, { maxLength: 5 }), factsArbitrary, (chains, facts) => {
        const kept = (list: readonly Plain[]) => {
          const items = list.map(chain => ({ chain, match: matchView(chain) }));
          return new Set(
            sieve(items, chainCriteria<(typeof items)[number]>(facts)).remaining.map(({ chain }) => chain),
          );
        };
        expect(kept([...chains].reverse())).toEqual(kept(chains));
      }),
    );
  });
});

describe('one step of the sieve', () => {
  const criterion = (fits: Record<string, ReturnType<Criterion<string>['fit']>>): Criterion<string> => ({
    field: 'field',
    fit: item => fits[item] ?? null,
    reason: item => `${item} does not fit`,
  });
  const step = (fits: Record<string, ReturnType<Criterion<string>['fit']>>) =>
    sieve(Object.keys(fits), [criterion(fits)]);

  it.each([
    ['the most specific', { a: 1, b: 3, c: 2, d: 0 }, ['b']],
    ['all that are as specific', { a: 3, b: 3, c: 0 }, ['a', 'b']],
    ['those that set nothing, where none fits', { a: null, b: 0, c: 0 }, ['b', 'c']],
    ['nothing, where each sets something else', { a: null, b: null }, []],
  ])('keeps %s', (_, fits, kept) => {
    expect(step(fits).remaining).toEqual(kept);
  });

  it('tells why each of the others fell', () => {
    expect(step({ a: null, b: 2, c: 1 }).rejected).toEqual([
      { item: 'a', field: 'field', reason: 'a does not fit' },
      { item: 'c', field: 'field', reason: 'another filter chain fits field more closely' },
    ]);
  });

  it('stops at the first criterion that is not known', () => {
    const unknown = { unknown: 'needs-input', what: 'x' } as const;
    const result = sieve(['a', 'b'], [criterion({ a: 1, b: null }), criterion({ a: unknown }), criterion({ a: 1 })]);
    expect(result).toMatchObject({ remaining: ['a'], unknown: { field: 'field', unknown } });
  });

  it('does not ask those that fell already', () => {
    const unknown = { unknown: 'needs-input', what: 'x' } as const;
    const result = sieve(['a', 'b'], [criterion({ a: 1, b: null }), criterion({ a: 1, b: unknown })]);
    expect(result).toMatchObject({ remaining: ['a'], unknown: null });
  });
});
