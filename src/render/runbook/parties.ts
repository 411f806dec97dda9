import { clusterParts } from '../../model/services.js';
import type { TraceResult } from '../../trace/result.js';
import type { Texts } from '../lang/texts.js';
import type { Participant } from '../sequence/sequence.js';
import type { RunbookContext } from './context.js';

/** Ids of a runbook's participants; a proxy behind another has its number behind it. */
export const CLIENT = 'client';
export const SERVER = 'server';
const PROXY = 'envoy';

/** The participant that stands for the Envoy of a half of the trace: 0 the first one. */
export function proxyId(leg: number): string {
  return leg === 0 ? PROXY : `${PROXY}${leg + 1}`;
}

/** The client, the Envoy of each half of the trace, and the server. */
export function partiesOf(legs: readonly TraceResult[], context: RunbookContext, { runbook }: Texts): Participant[] {
  const { application, client, sidecar, gateway, server, outside } = runbook.parties;
  const pod = (leg: TraceResult) => context.proxies.find(({ name }) => name === leg.proxy)?.pod ?? leg.proxy ?? '';
  const envoy = (leg: TraceResult) =>
    leg.request.direction === 'gateway' ? `${gateway} (${pod(leg)})` : `Envoy (${pod(leg)})`;
  const [first] = legs;
  const last = legs.at(-1);
  const isOwn = first?.request.direction === 'outbound';
  const host = clusterParts(last?.cluster ?? last?.weightedClusters[0]?.name ?? '')?.host;
  const behind = last?.outcome === 'passthrough' ? outside : `${server}${host === undefined ? '' : ` (${host})`}`;
  return [
    { id: CLIENT, label: isOwn ? `${application} (${pod(first)})` : client },
    ...legs.map((leg, index) => ({ id: proxyId(index), label: index === 0 && isOwn ? sidecar : envoy(leg) })),
    { id: SERVER, label: last?.request.direction === 'inbound' ? `${application} (${pod(last)})` : behind },
  ];
}
