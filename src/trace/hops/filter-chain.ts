import { overlapsIn } from '../../match/chain-overlap.js';
import { chainCriteria } from '../../match/filter-chain-match.js';
import { sieve } from '../../match/sieve.js';
import type { View } from '../../model/view.js';
import { connectionFacts } from '../connection-facts.js';
import { evidenceIn, evidenceOf, istioctl } from '../evidence.js';
import type { Candidate } from '../result.js';
import type { Tracing } from '../tracing.js';
import { matcherChain } from './filter-chain-matcher.js';

const MAX_CANDIDATES = 12;

interface Chain {
  readonly view: View;
  readonly match: View | null;
}

/**
 * Which filter chain takes the connection: the sieve of FilterChainMatch or, where the listener has one, its `filter_chain_matcher`;
 * then `default_filter_chain`, else Envoy closes the connection.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/listener/v3/listener.proto (`filter_chains`, `filter_chain_matcher`, `default_filter_chain`)
 */
export function filterChain(trace: Tracing): void {
  const { listener } = trace;
  if (listener === null) return;
  const chains = listener.view.list('filter_chains');
  if (listener.view.has('filter_chain_matcher')) {
    matcherChain(
      trace,
      chains,
      (chain, why) => choose(trace, chain, why, []),
      (why, candidates) => useDefault(trace, why, candidates),
    );
    return;
  }
  noteOverlaps(trace, listener.view, chains);
  const items: Chain[] = chains.map(view => ({ view, match: view.get('filter_chain_match') ?? null }));
  const { remaining, rejected, unknown } = sieve(items, chainCriteria<Chain>(connectionFacts(trace)));
  const candidates = rejected
    .map(({ item, field, reason }) => ({
      name: item.view.string('name') ?? null,
      pointer: item.view.pointer,
      criterion: field,
      reason,
    }))
    .reverse();
  if (unknown !== null) {
    trace.undetermined(
      'filter-chain',
      unknown.unknown,
      `filter chains differ by ${unknown.field}, and the request does not give ${unknown.unknown.what}`,
      { candidates },
    );
    return;
  }
  const [first, second] = remaining;
  if (first === undefined) useDefault(trace, 'no filter chain matches', candidates);
  else if (second !== undefined) ambiguous(trace, remaining, candidates);
  else choose(trace, first.view, whyChosen(first, chains.length), candidates);
}

/** Envoy refuses a listener with overlapping chains as a whole, whichever chain this connection meets. */
function noteOverlaps({ assumptions }: Tracing, listener: View, chains: readonly View[]): void {
  for (const pair of overlapsIn(listener).slice(0, MAX_OVERLAPS)) {
    const names = pair.map(i => chains[i]?.string('name') ?? chains[i]?.pointer ?? '').join(' and ');
    assumptions.add(`Envoy takes this listener, though it refuses chains that match the same connections: ${names}`);
  }
}

const MAX_OVERLAPS = 3;

function whyChosen(chain: Chain, count: number): string {
  const set = chain.match === null ? [] : Object.keys(chain.match.value).filter(key => key !== 'name');
  if (set.length === 0)
    return count === 1
      ? 'the listener’s only filter chain, without conditions'
      : 'no chain with conditions fits; this one sets none';
  return `meets ${describeMatch(chain.match)}`;
}

function describeMatch(match: View | null): string {
  if (match === null) return 'nothing';
  const parts: string[] = [];
  for (const [field, label] of [
    ['destination_port', 'port'],
    ['server_names', 'SNI'],
    ['transport_protocol', 'transport protocol'],
    ['application_protocols', 'application protocol'],
  ] as const) {
    const values = match.strings(field);
    if (values.length > 0) parts.push(`${label} ${values.join(' or ')}`);
  }
  for (const field of ['prefix_ranges', 'source_prefix_ranges', 'direct_source_prefix_ranges'] as const) {
    const ranges = match
      .list(field)
      .map(range => `${range.string('address_prefix') ?? ''}/${range.number('prefix_len') ?? 0}`);
    if (ranges.length > 0) parts.push(`${field === 'prefix_ranges' ? 'destination' : 'source'} ${ranges.join(' or ')}`);
  }
  return parts.length === 0 ? 'its conditions' : parts.join(', ');
}

function choose(trace: Tracing, chain: View, why: string, candidates: Candidate[]): void {
  const { listener } = trace;
  if (listener === null) return;
  trace.filterChain = chain;
  trace.step('filter-chain', 'matched', {
    name: chain.string('name') ?? null,
    pointer: chain.pointer,
    why,
    candidates: candidates.slice(0, MAX_CANDIDATES),
    evidence: [evidenceOf(listener, chain.pointer)],
    istioctl: [istioctl.listeners(trace.proxy.name, trace.request.port)],
  });
}

function useDefault(trace: Tracing, why: string, candidates: Candidate[]): void {
  const fallback = trace.listener?.view.get('default_filter_chain');
  if (fallback !== undefined) {
    choose(trace, fallback, `${why}, so default_filter_chain takes it`, candidates);
    return;
  }
  trace.step('filter-chain', 'rejected', {
    evidence: evidenceIn(trace.listener),
    why: `${why} and there is no default_filter_chain`,
    candidates: candidates.slice(0, MAX_CANDIDATES),
  });
  trace.finish('no_filter_chain', `no filter chain of listener ${trace.listener?.name ?? ''} takes such a connection`);
}

/** Envoy refuses a listener with two chains of the same match, so such a dump cannot be what runs. */
function ambiguous(trace: Tracing, chains: readonly Chain[], candidates: Candidate[]): void {
  const names = chains.map(({ view }) => view.string('name') ?? view.pointer).join(' and ');
  const why = `filter chains ${names} have the same match: Envoy refuses such a listener, so this is not what it runs`;
  trace.undetermined('filter-chain', { unknown: 'needs-input', what: 'the listener that Envoy really runs' }, why, {
    candidates,
  });
}
