import { oncePerMessage } from '../model/once.js';
import type { View } from '../model/view.js';
import { asciiLower } from './ascii.js';
import { cidrText, parseCidr } from './cidr.js';

/** What a chain sets of each criterion, as texts that are equal where Envoy takes them for equal; the empty text where it sets nothing. */
interface Normal {
  readonly single: string;
  readonly lists: readonly ReadonlySet<string>[];
}

const RANGES = ['prefix_ranges', 'direct_source_prefix_ranges', 'source_prefix_ranges'] as const;
const SOURCE_TYPES: Readonly<Record<string, string>> = {
  0: '',
  1: '1',
  2: '2',
  ANY: '',
  LOCAL: '1',
  SAME_IP_OR_LOOPBACK: '1',
  EXTERNAL: '2',
};

/** The pairs of a listener's filter chains that overlap, as indices. */
export const overlapsIn = oncePerMessage((listener: View) =>
  overlappingChains(listener.list('filter_chains').map(chain => chain.get('filter_chain_match'))),
);

/**
 * Pairs of filter chains, as indices, that match the same connections: they share a value, or set nothing, in every criterion. Envoy refuses
 * a listener that has any. Each chain is told once, with the first chain that it overlaps.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/listener/v3/listener_components.proto#config-listener-v3-filterchainmatch
 */
export function overlappingChains(matches: readonly (View | undefined)[]): [first: number, second: number][] {
  const normal = matches.map(normalise);
  const byValue = new Map<string, number[]>();
  const pairs: [number, number][] = [];
  for (const [index, chain] of normal.entries()) {
    const keys = [...(chain.lists[0] ?? [])].map(name => `${chain.single} ${name}`);
    const first = keys
      .flatMap(key => byValue.get(key) ?? [])
      .find(other => chain.lists.every((list, i) => shares(list, normal[other]?.lists[i])));
    if (first !== undefined) pairs.push([first, index]);
    for (const key of keys) byValue.set(key, [...(byValue.get(key) ?? []), index]);
  }
  return pairs;
}

function shares(a: ReadonlySet<string>, b: ReadonlySet<string> | undefined): boolean {
  return b !== undefined && [...a].some(value => b.has(value));
}

function normalise(match: View | undefined): Normal {
  const port = match?.number('destination_port') ?? '';
  const source = match?.string('source_type') ?? 'ANY';
  const names =
    match?.has('server_names') === true ? match.strings('server_names') : (match?.strings('sni_domains') ?? []);
  return {
    single: `${port} ${match?.string('transport_protocol') ?? ''} ${SOURCE_TYPES[source] ?? source}`,
    lists: [
      setOf(names.map(name => asciiLower(name.replace(/^\*\./, '.')))),
      ...RANGES.map(field => setOf((match?.list(field) ?? []).map(rangeText))),
      setOf(match?.strings('application_protocols') ?? []),
      setOf(match?.strings('source_ports') ?? []),
    ],
  };
}

function rangeText(range: View): string {
  const cidr = parseCidr(range);
  return cidr === null ? (range.string('address_prefix') ?? '') : cidrText(cidr);
}

function setOf(values: readonly string[]): ReadonlySet<string> {
  return new Set(values.length === 0 ? [''] : values);
}
