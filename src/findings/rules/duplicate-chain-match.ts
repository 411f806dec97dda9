import type { View } from '../../model/view.js';
import { evidenceOf } from '../../trace/evidence.js';
import type { Draft } from '../finding.js';
import { gatewayServers } from '../gateway-server.js';
import type { Rule } from '../rule.js';

const LISTS = ['server_names', 'application_protocols', 'source_ports'] as const;
const RANGES = ['prefix_ranges', 'direct_source_prefix_ranges', 'source_prefix_ranges'] as const;
const SINGLES = ['destination_port', 'transport_protocol', 'source_type'] as const;

/**
 * Two filter chains that match the same connections: Envoy refuses such a listener as a whole.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/listener/v3/listener_components.proto#config-listener-v3-filterchainmatch
 */
export const duplicateChainMatch: Rule = {
  code: 'duplicate-chain-match',
  listener: listener => {
    if (listener.view.has('filter_chain_matcher')) return [];
    const seen = new Map<string, View>();
    const drafts: Draft[] = [];
    for (const chain of listener.view.list('filter_chains')) {
      const keys = keysOf(chain.get('filter_chain_match'));
      const first = keys.map(key => seen.get(key)).find(found => found !== undefined);
      for (const key of keys) if (!seen.has(key)) seen.set(key, chain);
      if (first === undefined) continue;
      const server = gatewayServers(listener).find(other => other.chain.pointer === chain.pointer);
      drafts.push({
        resource: server?.gateway ?? { kind: 'listener', namespace: null, name: listener.name ?? '' },
        evidence: [evidenceOf(listener, chain.pointer), evidenceOf(listener, first.pointer)],
        why: `Filter chains ${label(first)} and ${label(chain)} of listener ${listener.name ?? ''} match the same connections: Envoy refuses the whole listener and goes on with the one before, or without.`,
        remedy:
          'Two Gateway servers or an EnvoyFilter claim the same port and host: take one of them away, or give them different hosts.',
      });
    }
    return drafts;
  },
};

/** One text for each combination of single values: chains that share one overlap. */
function keysOf(match: View | undefined): string[] {
  const criteria = [
    ...SINGLES.map(field => [match?.string(field) ?? '']),
    ...RANGES.map(field =>
      orNone(match?.list(field).map(range => `${range.string('address_prefix')}/${range.number('prefix_len') ?? 0}`)),
    ),
    ...LISTS.map(field => orNone(match?.strings(field))),
  ];
  return criteria.reduce<string[]>((keys, values) => keys.flatMap(key => values.map(value => `${key}|${value}`)), ['']);
}

function orNone(values: readonly string[] | undefined): readonly string[] {
  return values === undefined || values.length === 0 ? [''] : values;
}

function label(chain: View): string {
  return chain.string('name') ?? chain.pointer.slice(chain.pointer.lastIndexOf('/') + 1);
}
