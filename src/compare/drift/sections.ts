import type { DriftKind, DriftMode, DriftNote, KindSummary } from './difference.js';
import { DRIFT_KINDS } from './difference.js';
import { type Comparison, differenceOf, type Found } from './find.js';
import { plural } from './kinds.js';
import { pairsOf } from './pairs.js';
import type { Side } from './side.js';

/** All that was found, kind by kind. */
export interface Sections {
  readonly summary: readonly KindSummary[];
  readonly found: readonly Found[];
  readonly notes: readonly DriftNote[];
}

/** Compares kind by kind what both sides hold; of a section that is cut off only what stands in it. */
export function compareSections(comparison: Comparison, only: readonly DriftKind[] | null): Sections {
  const summary: KindSummary[] = [];
  const found: Found[] = [];
  const notes: DriftNote[] = [];
  for (const kind of DRIFT_KINDS) {
    if (only !== null && !only.includes(kind)) continue;
    if (!isCompared(kind, comparison)) {
      notes.push(...missingSection(kind, comparison, only !== null));
      continue;
    }
    const { left, right, mode } = comparison;
    const pairs = pairsOf(kind, left, right, mode);
    const differences = pairs.map(pair => differenceOf(pair, comparison)).filter(difference => difference !== null);
    const whole = differences.filter(difference => isKnown(difference, comparison));
    notes.push(...cutSection(kind, left), ...cutSection(kind, right));
    found.push(...whole);
    summary.push(summaryOf(kind, pairs.filter(({ right: other }) => other.active !== null).length, whole));
  }
  return { summary: summary.filter(isWorthTelling), found, notes };
}

/** Bootstraps are the agent's: Pilot knows none. */
function isCompared(kind: DriftKind, { left, right, mode }: Comparison): boolean {
  if (kind === 'bootstrap' && mode === 'pilot') return false;
  return left.proxy.has(kind) !== 'absent' && right.proxy.has(kind) !== 'absent';
}

/** What a cut section lacks says nothing. */
function isKnown({ change, pair }: Found, { left, right }: Comparison): boolean {
  if (change === 'only-left') return right.proxy.has(pair.kind) === 'complete';
  return change === 'changed' || left.proxy.has(pair.kind) === 'complete';
}

function missingSection(kind: DriftKind, { left, right, mode }: Comparison, isAsked: boolean): DriftNote[] {
  const without = [left, right].filter(side => side.proxy.has(kind) === 'absent');
  const isMinor =
    kind === 'bootstrap' || kind === 'ecds' || kind === 'scoped-route' || (kind === 'secret' && mode === 'pilot');
  const [other] = [left, right].filter(side => side.proxy.has(kind) !== 'absent');
  const isEmpty = other === undefined || other.proxy.all(kind).every(({ isStatic }) => isStatic);
  if (!isAsked && (isEmpty || isMinor)) return [];
  const who = without.map(({ label }) => label).join(' and ');
  return [
    {
      about: 'not-compared',
      text: `${plural(kind)} are not compared: ${who} ${without.length === 1 ? 'shows' : 'show'} none${hint(kind, without, mode)}`,
    },
  ];
}

function hint(kind: DriftKind, [side]: readonly Side[], mode: DriftMode): string {
  if (kind !== 'endpoint') return '';
  return mode === 'pilot' && side?.label === 'Pilot'
    ? ' (its page shows them with &include_eds=true)'
    : ' (Envoy’s are in /config_dump?include_eds)';
}

function cutSection(kind: DriftKind, { label, proxy }: Side): DriftNote[] {
  if (proxy.has(kind) !== 'partial') return [];
  return [
    { about: 'not-compared', text: `the ${plural(kind)} of ${label} are cut off: what they lack is not compared` },
  ];
}

function summaryOf(kind: DriftKind, active: number, found: readonly Found[]): KindSummary {
  const count = (change: Found['change']) => found.filter(difference => difference.change === change).length;
  const [onlyLeft, onlyRight, changed] = [count('only-left'), count('only-right'), count('changed')];
  const onRight = found.filter(({ change, pair }) => change !== 'only-left' && pair.right.active !== null).length;
  return { kind, equal: active - onRight, onlyLeft, onlyRight, changed };
}

function isWorthTelling({ equal, onlyLeft, onlyRight, changed }: KindSummary): boolean {
  return equal + onlyLeft + onlyRight + changed > 0;
}
