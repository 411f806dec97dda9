import type { HopName, Step, TraceResult } from '../../trace/result.js';
import { stepsByBranch } from '../branches.js';
import type { Texts } from '../lang/texts.js';
import { describeRequest } from '../request-line.js';
import type { Sequence, SequenceItem } from '../sequence/sequence.js';
import type { RunbookContext } from './context.js';
import { endItems } from './ends.js';
import { CLIENT, partiesOf, proxyId } from './parties.js';

/** Hops whose choice tells a newcomer where the request is. */
const TOLD: ReadonlySet<HopName> = new Set(['listener', 'route-table', 'virtual-host', 'route', 'cluster']);

/** Who speaks to whom on the way of a request: client, the Envoys at hand, server. */
export function sequenceOf(result: TraceResult, context: RunbookContext, texts: Texts): Sequence {
  const legs = legsOf(result);
  return {
    participants: partiesOf(legs, context, texts),
    items: [
      { kind: 'message', from: CLIENT, to: proxyId(0), text: describeRequest(result.request), arrow: 'request' },
      ...legItems(legs, 0, texts),
    ],
  };
}

/** This proxy's half, then that of each receiving one. Where several branches remain, the first is no longer the only one. */
function legsOf(result: TraceResult): TraceResult[] {
  return result.peer === undefined || hasBranches(result) ? [result] : [result, ...legsOf(result.peer)];
}

function hasBranches({ steps }: TraceResult): boolean {
  return steps.some(({ branch }) => branch !== undefined);
}

function legItems(legs: readonly TraceResult[], index: number, texts: Texts): SequenceItem[] {
  const leg = legs[index];
  if (leg === undefined) return [];
  const common = leg.steps.filter(({ branch }) => branch === undefined);
  const note = noteOf(common, index, texts);
  if (hasBranches(leg)) return [...note, branchesOf(leg, index, texts)];
  const next = legs[index + 1];
  if (next === undefined) return [...note, ...endItems(leg, index, texts)];
  const address = leg.endpoints[0]?.address ?? '';
  const message = {
    kind: 'message',
    from: proxyId(index),
    to: proxyId(index + 1),
    text: address,
    arrow: 'request',
  } as const;
  return [...note, message, ...legItems(legs, index + 1, texts)];
}

/** Branches stand in the result in the same order as their steps. */
function branchesOf(leg: TraceResult, index: number, texts: Texts): SequenceItem {
  const parts = stepsByBranch(leg.steps).filter(({ label }) => label !== null);
  const branches = parts.map(({ label, steps }, position) => {
    const { outcome = 'undetermined', responseCode = null, responseFlag = null } = leg.weightedClusters[position] ?? {};
    const ended = { ...leg, outcome, responseCode, responseFlag, endpoints: endpointsOf(steps) };
    return { label: label ?? '', items: [...noteOf(steps, index, texts), ...endItems(ended, index, texts)] };
  });
  return { kind: 'branches', branches };
}

/** The addresses that a branch's own step names; the result has those of all branches in one list. */
function endpointsOf(steps: readonly Step[]): TraceResult['endpoints'] {
  const details = steps.find(({ hop }) => hop === 'endpoints')?.details ?? [];
  return details.flatMap(line => {
    const [address = '', health = ''] = line.split(' ');
    return address.includes(':') ? [{ address, health, priority: 0, locality: '', share: 1 }] : [];
  });
}

function noteOf(steps: readonly Step[], index: number, { trace }: Texts): SequenceItem[] {
  const lines = steps.flatMap(({ hop, status, name, why }) => {
    if (status !== 'matched') return [`✗ ${trace.hops[hop].name}: ${why}`];
    return TOLD.has(hop) && name !== null ? [`${trace.hops[hop].name}: ${name}`] : [];
  });
  return lines.length === 0 ? [] : [{ kind: 'note', over: proxyId(index), lines }];
}
