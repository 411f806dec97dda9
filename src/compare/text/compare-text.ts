import type { StatusDiff } from '../../decode/unified-diff/status-diff.js';
import type { ProxyConfig } from '../../model/proxy.js';
import { type CompareOptions, compareRanked } from '../drift/compare.js';
import type { DriftNote, DriftResult, KindSummary } from '../drift/difference.js';
import type { Comparison } from '../drift/find.js';
import { type Ranked, worstFirst } from '../drift/order.js';
import { urgencyOfWeight } from '../effects/urgency.js';
import { pilotOf } from './pilot-side.js';
import { type Recovered, recover } from './recovered.js';
import { causeInText } from './text-cause.js';
import { effectInText } from './text-effects.js';
import { withoutIgnored } from './without-ignored.js';

/** What of a comparison the user chose. */
type Options = CompareOptions & Partial<Pick<Comparison, 'ignore'>>;

/**
 * What `istioctl proxy-status POD` says to differ, recovered from its text alone: resources, fields, and what can be told of cause and effect.
 */
export function compareText(text: StatusDiff, options: Options = {}): DriftResult {
  const { only = null, ignore = null } = options;
  const sections = text.sections.filter(({ kind }) => only === null || only.includes(kind));
  const found = withoutIgnored(recover({ ...text, sections }), ignore);
  const isUnseen = found.length === 0 && ignore === null && sections.some(({ matches }) => !matches);
  return {
    schemaVersion: 1,
    equal: found.length === 0 && !isUnseen,
    proxy: null,
    left: text.controlPlane,
    right: 'Envoy',
    summary: sections.map(({ kind }) => summaryOf(kind, found)),
    differences: worstFirst(found.map(difference => explained(difference, found, text))),
    notes: notesOf({ ...text, sections }, isUnseen),
  };
}

/** The same with Envoy's own dump, through which Pilot's side can be had back: what the text shows to differ is compared as two dumps are. */
export function compareTextWithEnvoy(text: StatusDiff, envoy: ProxyConfig, options: Options = {}): DriftResult {
  const { left, right, unplaced } = pilotOf(text, envoy);
  const { only = null, ignore = null } = options;
  const { ranked, notes, ...result } = compareRanked({ mode: 'pilot', left, right, ignore }, options);
  const more = withoutIgnored(
    unplaced.filter(({ kind }) => only === null || only.includes(kind)),
    ignore,
  );
  return {
    ...result,
    equal: result.equal && more.length === 0,
    summary: result.summary.map(counts => withMore(counts, more)),
    differences: worstFirst([...ranked, ...more.map(difference => explained(difference, more, text))]),
    notes: [...notes, ...placementNotes(text, more)],
  };
}

function withMore(counts: KindSummary, more: readonly Recovered[]): KindSummary {
  const { onlyLeft, onlyRight, changed } = summaryOf(counts.kind, more);
  return {
    ...counts,
    equal: Math.max(0, counts.equal - onlyRight - changed),
    onlyLeft: counts.onlyLeft + onlyLeft,
    onlyRight: counts.onlyRight + onlyRight,
    changed: counts.changed + changed,
  };
}

function placementNotes(text: StatusDiff, unplaced: readonly Recovered[]): DriftNote[] {
  const notes = [
    'Pilot’s side is what the text of istioctl proxy-status shows over Envoy’s dump: clusters, listeners and routes',
    ...(unplaced.length === 0
      ? []
      : [
          `${unplaced.length} of the differences ${unplaced.length === 1 ? 'has' : 'have'} no sure place in Envoy’s dump, and ${unplaced.length === 1 ? 'is' : 'are'} told from the text alone`,
        ]),
    ...textNotes(text),
  ];
  return notes.map(note => ({ about: 'evidence', text: note }));
}

function explained(found: Recovered, all: readonly Recovered[], text: StatusDiff): Ranked {
  const { kind, name, change, paths } = found;
  const difference = { kind, name, change, paths, ...causeInText(found, text), ...effectInText(found, all, text) };
  return { difference, urgency: Math.max(0, ...difference.effects.map(({ weight }) => urgencyOfWeight(weight))) };
}

/** The text tells nothing of what is equal. */
function summaryOf(kind: KindSummary['kind'], found: readonly Recovered[]): KindSummary {
  const count = (change: Recovered['change']) => found.filter(one => one.kind === kind && one.change === change).length;
  return { kind, equal: 0, onlyLeft: count('only-left'), onlyRight: count('only-right'), changed: count('changed') };
}

function notesOf(text: StatusDiff, isUnseen: boolean): DriftNote[] {
  const { name, sections } = text;
  const kinds = sections.map(({ kind }) => `${kind}s`).join(', ');
  const notes = [
    `from the text of istioctl proxy-status alone, which compares ${kinds}: endpoints, secrets and Envoy’s states are not in it`,
    ...textNotes(text),
    ...(isUnseen ? [`${name} says that something differs, and shows nothing of it`] : []),
  ];
  return notes.map(note => ({ about: 'evidence', text: note }));
}

function textNotes({ name, isCut, routesLoadedAt }: StatusDiff): string[] {
  return [
    ...(routesLoadedAt === null ? [] : [`Envoy loaded its route tables last at ${routesLoadedAt}`]),
    ...(isCut ? [`${name} is cut off: what comes behind is not told`] : []),
  ];
}
