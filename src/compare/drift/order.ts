import { CAUSES, type Difference, DRIFT_KINDS } from './difference.js';

/** A difference, and how soon it should be looked at: a higher number sooner, 0 where nothing ends otherwise. */
export interface Ranked {
  readonly difference: Difference;
  readonly urgency: number;
}

/** The worst first: what fails now, then what ends otherwise, then by cause and kind; what has no effect last. */
export function worstFirst(ranked: readonly Ranked[]): Difference[] {
  return [...ranked]
    .sort((a, b) => b.urgency - a.urgency || byCause(a.difference, b.difference))
    .map(({ difference }) => difference);
}

function byCause(a: Difference, b: Difference): number {
  return (
    CAUSES.indexOf(a.cause) - CAUSES.indexOf(b.cause) ||
    DRIFT_KINDS.indexOf(a.kind) - DRIFT_KINDS.indexOf(b.kind) ||
    byName(a, b)
  );
}

function byName(a: Difference, b: Difference): number {
  return (a.name ?? '') < (b.name ?? '') ? -1 : 1;
}
