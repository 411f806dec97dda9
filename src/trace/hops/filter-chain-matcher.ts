import { evaluateMatcher, type InputResolver } from '../../match/matcher-tree.js';
import { unsupportedExtension } from '../../match/ternary.js';
import { unwrapAny } from '../../model/extension.js';
import type { View } from '../../model/view.js';
import { connectionFacts } from '../connection-facts.js';
import { evidenceIn } from '../evidence.js';
import { networkInput } from '../network-input.js';
import type { Candidate } from '../result.js';
import type { Tracing } from '../tracing.js';

/**
 * The xDS matcher tree of a listener: the action names a chain, and the chains' own matches are ignored. A name that no chain has closes the connection.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/listener/v3/listener.proto (filter_chain_matcher)
 */
export function matcherChain(
  trace: Tracing,
  chains: readonly View[],
  choose: (chain: View, why: string) => void,
  otherwise: (why: string, candidates: Candidate[]) => void,
): void {
  const matcher = trace.listener?.view.get('filter_chain_matcher');
  if (matcher === undefined) return;
  const result = evaluateMatcher(matcher, inputsOf(trace));
  if (result.kind === 'unknown') {
    trace.undetermined(
      'filter-chain',
      result.unknown,
      `the listener’s filter_chain_matcher asks for ${result.unknown.what}`,
    );
    return;
  }
  if (result.kind === 'no-match') {
    otherwise(`filter_chain_matcher matches nothing (${result.why})`, []);
    return;
  }
  const name = chainName(result.action);
  const named = chains.filter(chain => chain.string('name') === name);
  const [chain] = named;
  if (chain === undefined) {
    const why = `filter_chain_matcher names chain ${name}, which the listener does not have`;
    trace.step('filter-chain', 'rejected', { evidence: evidenceIn(trace.listener), why });
    trace.finish('no_filter_chain', why);
  } else if (named.length > 1) {
    const why = `several filter chains are called ${name}: Envoy refuses such a listener`;
    trace.undetermined('filter-chain', { unknown: 'needs-input', what: 'the listener that Envoy really runs' }, why);
  } else choose(chain, `filter_chain_matcher leads to it (${result.pointer})`);
}

/** The action is a google.protobuf.StringValue with the chain's name. */
function chainName(action: View): string {
  const { config } = unwrapAny(action.get('typed_config') ?? action);
  return config.string('value') ?? action.string('name') ?? '';
}

function inputsOf(trace: Tracing): InputResolver {
  const facts = connectionFacts(trace);
  return input => networkInput(trace, facts, input) ?? unsupportedExtension('matcher input', input);
}
