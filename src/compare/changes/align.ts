import { groupedByEach } from '../../model/grouped-by.js';
import type { Json } from '../canonical/json.js';
import { IDENTITIES, textOf } from './identity.js';
import { longestIncreasing } from './longest-increasing.js';

/** Places of one item in the left and in the right list. */
type Pair = readonly [left: number, right: number];

/** Which items of two lists belong together. */
export interface Alignment {
  /** Ordered by the left place. */
  readonly pairs: readonly Pair[];
  readonly onlyLeft: readonly number[];
  readonly onlyRight: readonly number[];
  /** Whether the pairs stand in another order on the right. */
  readonly isReordered: boolean;
}

interface Open {
  left: number[];
  right: number[];
}

/**
 * Aligns two lists by what their items are: first the equal ones, then those with a name, match, address or type that both lists have
 * once, then by place what is left between them. Near linear in time, whatever the order.
 */
export function align(left: readonly Json[], right: readonly Json[]): Alignment {
  const open: Open = { left: range(left.length), right: range(right.length) };
  const pairs = equalPairs(left, right, open);
  for (const identity of IDENTITIES) {
    if (open.left.length === 0 || open.right.length === 0) break;
    pairs.push(...take(open, uniquePairs(placesBy(identity, left, open.left), placesBy(identity, right, open.right))));
  }
  pairs.sort(byLeft);
  const anchors = longestIncreasing(pairs.map(([, at]) => at))
    .map(at => pairs[at])
    .filter(pair => pair !== undefined);
  const isReordered = anchors.length < pairs.length;
  const byPlace = take(open, pairsBetween(anchors, open, left.length, right.length));
  return { pairs: [...pairs, ...byPlace].sort(byLeft), onlyLeft: open.left, onlyRight: open.right, isReordered };
}

function equalPairs(left: readonly Json[], right: readonly Json[], open: Open): Pair[] {
  const places = placesBy(textOf, right, open.right);
  const pairs = open.left.flatMap((at): Pair[] => {
    const partner = places.get(textOf(left[at] ?? null))?.shift();
    return partner === undefined ? [] : [[at, partner]];
  });
  return take(open, pairs);
}

function uniquePairs(left: ReadonlyMap<string, number[]>, right: ReadonlyMap<string, number[]>): Pair[] {
  return [...left].flatMap(([key, [at, ...others]]): Pair[] => {
    const [partner, ...more] = right.get(key) ?? [];
    const isUnique = others.length === 0 && more.length === 0;
    return at !== undefined && partner !== undefined && isUnique ? [[at, partner]] : [];
  });
}

/** What stands between the same neighbours, where both lists have the same number there. */
function pairsBetween(anchors: readonly Pair[], open: Open, leftLength: number, rightLength: number): Pair[] {
  const pairs: Pair[] = [];
  if (open.left.length === 0 || open.right.length === 0) return pairs;
  let from: Pair = [-1, -1];
  for (const to of [...anchors, [leftLength, rightLength] as const]) {
    const onLeft = open.left.filter(at => at > from[0] && at < to[0]);
    const onRight = open.right.filter(at => at > from[1] && at < to[1]);
    if (onLeft.length === onRight.length) for (const [i, at] of onLeft.entries()) pairs.push([at, onRight[i] ?? at]);
    from = to;
  }
  return pairs;
}

/** The pairs, whose items are open no longer. */
function take(open: Open, pairs: Pair[]): Pair[] {
  const left = new Set(pairs.map(([at]) => at));
  const right = new Set(pairs.map(([, at]) => at));
  open.left = open.left.filter(at => !left.has(at));
  open.right = open.right.filter(at => !right.has(at));
  return pairs;
}

function placesBy(
  identity: (item: Json) => string | null,
  items: readonly Json[],
  open: readonly number[],
): Map<string, number[]> {
  return groupedByEach(open, at => {
    const key = identity(items[at] ?? null);
    return key === null ? [] : [key];
  });
}

function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}

function byLeft([a]: Pair, [b]: Pair): number {
  return a - b;
}
