import { pilotCause } from '../causes/pilot.js';
import { twoSidedCause } from '../causes/two-sides.js';
import { effectsOf } from '../effects/effects.js';
import { effectInWords } from '../effects/sentence.js';
import { drainingNotes } from '../notes/draining.js';
import { healthNotes } from '../notes/health.js';
import { versionNotes } from '../notes/versions.js';
import type { DriftKind, DriftNote, DriftResult } from './difference.js';
import type { Comparison, Found } from './find.js';
import { type Ranked, worstFirst } from './order.js';
import { compareSections } from './sections.js';
import { textsOf } from './texts.js';

/** What of a comparison the user chose. */
export interface CompareOptions {
  /** The kinds that are compared; all when null. */
  readonly only?: readonly DriftKind[] | null;
  /** Whether the differences carry their messages as text. */
  readonly withTexts?: boolean;
}

/**
 * What differs between two sides, why, and what it does to traffic: the worst first.
 * Versions, times, order, defaults and forms of printing are no difference (docs/diff.md has the list).
 */
export function compareSides(comparison: Comparison, options: CompareOptions = {}): DriftResult {
  const { ranked, notes, ...result } = compareRanked(comparison, options);
  return { ...result, differences: worstFirst(ranked), notes };
}

/** The same with the differences in the order in which they were found, each with its urgency. */
export function compareRanked(
  comparison: Comparison,
  { only = null, withTexts = false }: CompareOptions = {},
): Omit<DriftResult, 'differences'> & { readonly ranked: readonly Ranked[] } {
  const { left, right, mode } = comparison;
  const { summary, found, notes } = compareSections(comparison, only);
  return {
    schemaVersion: 1,
    equal: found.length === 0,
    proxy: mode === 'proxies' ? null : right.proxy.name,
    left: left.label,
    right: right.label,
    summary,
    ranked: found.map(difference => explained(difference, comparison, withTexts)),
    notes: [...notes, ...besides(comparison, found)],
  };
}

function explained(found: Found, comparison: Comparison, withTexts: boolean): Ranked {
  const { pair, change, paths } = found;
  const { left, right, mode } = comparison;
  const effects = effectsOf(found, left, right);
  const difference = {
    kind: pair.kind,
    name: pair.name,
    change,
    paths,
    ...(mode === 'pilot' ? pilotCause : twoSidedCause)(found, comparison),
    effects: effects.effects,
    effect: effectInWords(found, effects),
    ...(withTexts ? { texts: textsOf(found, comparison) } : {}),
  };
  return { difference, urgency: effects.urgency };
}

function besides({ left, right, mode }: Comparison, found: readonly Found[]): DriftNote[] {
  const versions = found.length === 0 ? [] : versionNotes(left, right);
  const sides = mode === 'pilot' ? [right] : [left, right];
  return [
    ...versions,
    ...sides.flatMap(side => [...drainingNotes(side, found), ...healthNotes(side, mode === 'pilot')]),
  ];
}
