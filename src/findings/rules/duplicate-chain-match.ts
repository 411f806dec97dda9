import { overlapsIn } from '../../match/chain-overlap.js';
import type { View } from '../../model/view.js';
import { evidenceOf } from '../../trace/evidence.js';
import type { Draft } from '../finding.js';
import { gatewayServers } from '../gateway-server.js';
import type { Rule } from '../rule.js';

/**
 * Two filter chains that match the same connections: Envoy refuses such a listener as a whole.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/listener/v3/listener_components.proto#config-listener-v3-filterchainmatch
 */
export const duplicateChainMatch: Rule = {
  code: 'duplicate-chain-match',
  listener: listener => {
    if (listener.view.has('filter_chain_matcher')) return [];
    const chains = listener.view.list('filter_chains');
    const drafts: Draft[] = [];
    for (const [a, b] of overlapsIn(listener.view)) {
      const [first, chain] = [chains[a], chains[b]];
      if (first === undefined || chain === undefined) continue;
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

function label(chain: View): string {
  return chain.string('name') ?? chain.pointer.slice(chain.pointer.lastIndexOf('/') + 1);
}
