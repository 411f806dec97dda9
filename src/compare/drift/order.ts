import { CAUSES, type Difference, DRIFT_KINDS } from './difference.js';

/** The worst first: what fails now, then what ends otherwise, then by cause and kind; what has no effect last. */
export function worstFirst(differences: readonly Difference[]): Difference[] {
  return [...differences].sort(
    (a, b) => rank(b) - rank(a) || causeRank(a) - causeRank(b) || kindRank(a) - kindRank(b) || byName(a, b),
  );
}

/** 3 something fails on the right only, 2 it ends otherwise, 1 it works on the right only, 0 nothing ends otherwise. */
function rank({ effects }: Difference): number {
  return Math.max(0, ...effects.map(({ weight }) => weight + 1));
}

function causeRank({ cause }: Difference): number {
  return CAUSES.indexOf(cause);
}

function kindRank({ kind }: Difference): number {
  return DRIFT_KINDS.indexOf(kind);
}

function byName(a: Difference, b: Difference): number {
  return (a.name ?? '') < (b.name ?? '') ? -1 : 1;
}
