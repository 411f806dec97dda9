import type { Segment } from '../../decode/unified-diff/segments.js';

/** Which resources of a hunk stand on both sides. */
export interface PairedSegments {
  readonly pairs: readonly (readonly [Segment, Segment])[];
  readonly onlyLeft: readonly Segment[];
  readonly onlyRight: readonly Segment[];
}

/**
 * Pairs the resources that a hunk shows. A line diff may begin a removed resource inside its neighbour, so that its head stands with that;
 * but its name, which is nobody else's, is among the removed lines. Where a side has more resources than the other, those are its own.
 */
export function pairSegments(left: readonly Segment[], right: readonly Segment[]): PairedSegments {
  const onlyLeft = ownOf(left, right, left.length - right.length);
  const onlyRight = ownOf(right, left, right.length - left.length);
  const ours = left.filter(segment => !onlyLeft.includes(segment));
  const theirs = right.filter(segment => !onlyRight.includes(segment));
  if (onlyLeft.length + onlyRight.length > 0) return { pairs: sameNamed(ours, theirs), onlyLeft, onlyRight };
  return {
    pairs: ours.flatMap((segment, at) => (theirs[at] === undefined ? [] : [[segment, theirs[at]] as const])),
    onlyLeft,
    onlyRight,
  };
}

/** The resources that a side has and the other has not: as many as it has more. */
function ownOf(segments: readonly Segment[], others: readonly Segment[], count: number): Segment[] {
  if (count <= 0) return [];
  const names = new Set(others.map(({ name }) => name));
  const isOwn = ({ name }: Segment) => name !== null && !names.has(name);
  const surest = segments.filter(segment => segment.isOwnName && isOwn(segment));
  const likely = segments.filter(segment => !surest.includes(segment) && isOwn(segment) && segment.hasOwnLines);
  const unnamed = segments.filter(({ name, hasOwnLines }) => name === null && hasOwnLines);
  return [...surest, ...likely, ...unnamed].slice(0, count);
}

/** Beside a removed resource the lines of its neighbours are shifted: only whole ones can be compared. */
function sameNamed(left: readonly Segment[], right: readonly Segment[]): [Segment, Segment][] {
  return left.flatMap((segment): [Segment, Segment][] => {
    const partner = right.find(other => other.name === segment.name && other.isWhole && segment.isWhole);
    return partner === undefined ? [] : [[segment, partner]];
  });
}
