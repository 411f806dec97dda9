import type { StatusDiff } from '../../decode/unified-diff/status-diff.js';
import type { ProxyConfig } from '../../model/proxy.js';
import type { CompareOptions } from '../drift/compare.js';
import type { Difference, DriftNote, DriftResult, KindSummary } from '../drift/difference.js';
import { worstFirst } from '../drift/order.js';
import { type Recovered, recover } from './recovered.js';
import { causeInText } from './text-cause.js';
import { effectInText } from './text-effects.js';

/**
 * What `istioctl proxy-status POD` says to differ, recovered from its text: resources, fields, and what can be told of cause and effect.
 */
export function compareText(
  text: StatusDiff,
  envoy: ProxyConfig | null,
  { only = null }: CompareOptions = {},
): DriftResult {
  const sections = text.sections.filter(({ kind }) => only === null || only.includes(kind));
  const found = recover({ ...text, sections });
  const equal = sections.every(({ matches }) => matches);
  return {
    schemaVersion: 1,
    equal,
    proxy: envoy?.name ?? null,
    left: text.controlPlane,
    right: 'Envoy',
    summary: sections.map(({ kind }) => summaryOf(kind, found)),
    differences: worstFirst(found.map(difference => explained(difference, text))),
    notes: notesOf(text, equal, found),
  };
}

function explained(found: Recovered, { controlPlane }: StatusDiff): Difference {
  const { kind, name, change, paths } = found;
  return { kind, name, change, paths, ...causeInText(found, controlPlane), ...effectInText(found) };
}

/** The text tells nothing of what is equal. */
function summaryOf(kind: KindSummary['kind'], found: readonly Recovered[]): KindSummary {
  const count = (change: Recovered['change']) => found.filter(one => one.kind === kind && one.change === change).length;
  return { kind, equal: 0, onlyLeft: count('only-left'), onlyRight: count('only-right'), changed: count('changed') };
}

function notesOf(
  { name, isCut, routesLoadedAt, sections }: StatusDiff,
  equal: boolean,
  found: readonly Recovered[],
): DriftNote[] {
  const kinds = sections.map(({ kind }) => `${kind}s`).join(', ');
  const notes: string[] = [
    `from the text of istioctl proxy-status alone, which compares ${kinds}: endpoints, secrets and Envoy’s states are not in it`,
  ];
  if (routesLoadedAt !== null) notes.push(`Envoy loaded its route tables last at ${routesLoadedAt}`);
  if (isCut) notes.push(`${name} is cut off: what comes behind is not told`);
  if (!equal && found.length === 0) notes.push(`${name} says that something differs, and shows nothing of it`);
  return notes.map(text => ({ about: 'evidence', text }));
}
