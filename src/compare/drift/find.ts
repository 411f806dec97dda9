import type { PathChange } from '../changes/changes.js';
import { comparable } from './comparable.js';
import type { DriftChange, DriftMode } from './difference.js';
import { isEds } from './eds.js';
import type { ResourcePair, Versions } from './pairs.js';
import { changesOf, type Ignore } from './same.js';
import type { Side } from './side.js';

/** What is compared, and how. */
export interface Comparison {
  readonly mode: DriftMode;
  readonly left: Side;
  readonly right: Side;
  readonly ignore: Ignore | null;
}

/** A pair that is not alike, before anything is explained. */
export interface Found {
  readonly pair: ResourcePair;
  readonly change: DriftChange;
  readonly paths: readonly PathChange[];
  /** The active resources mean the same: only a rejected update makes the difference. */
  readonly isOnlyRejection: boolean;
}

/** How a pair differs; null where it does not. A rejected update is a difference even where what serves is the same. */
export function differenceOf(pair: ResourcePair, comparison: Comparison): Found | null {
  const found = differenceIn(pair, comparison);
  return found !== null && counts(pair, comparison) ? found : null;
}

function differenceIn(pair: ResourcePair, comparison: Comparison): Found | null {
  const { left, right } = pair;
  const isRejected = right.error !== null && !isSameRejection(left, right);
  const change = changeOf(pair);
  if (change === null && !isRejected) return null;
  if (change !== null && change !== 'changed')
    return isIgnored(pair, comparison) ? null : { pair, change, paths: [], isOnlyRejection: false };
  const paths = change === null ? [] : activeChanges(pair, comparison);
  if (paths.length > 0) return { pair, change: 'changed', paths, isOnlyRejection: false };
  if (!isRejected) return null;
  return { pair, change: 'changed', paths: rejectedChanges(pair, comparison), isOnlyRejection: true };
}

/** Only what is active serves; a version that waits, closes or was refused makes up for none that serves. */
function changeOf({ left, right }: ResourcePair): DriftChange | null {
  const [onLeft, onRight] = [left.active !== null, right.active !== null];
  if (onLeft || onRight) return onLeft && onRight ? 'changed' : onLeft ? 'only-left' : 'only-right';
  if (hasAny(left) && hasAny(right)) return null;
  return hasAny(left) ? 'only-left' : 'only-right';
}

function hasAny({ warming, draining, error }: Versions): boolean {
  return warming !== null || draining !== null || error !== null;
}

/** Asked of differences only, as it looks into clusters. */
function counts(pair: ResourcePair, { left, right }: Comparison): boolean {
  if (pair.kind !== 'endpoint') return true;
  return isEds(left.proxy, pair.name) && isEds(right.proxy, pair.name);
}

/** Whether nothing is left of a resource that one side has. */
function isIgnored({ kind, name, left, right }: ResourcePair, { ignore }: Comparison): boolean {
  const resource = left.active ?? right.active;
  if (ignore === null || resource === null) return false;
  return Object.keys(ignore(kind, name, comparable(kind, resource.view.value))).length === 0;
}

function isSameRejection(left: Versions, right: Versions): boolean {
  return left.error !== null && left.error.errorDetails === right.error?.errorDetails;
}

function activeChanges(
  { kind, name, left, right }: ResourcePair,
  { left: leftSide, right: rightSide, ignore }: Comparison,
): PathChange[] {
  if (left.active === null || right.active === null) return [];
  return changesOf(
    kind,
    name,
    { resource: left.active, side: leftSide },
    { resource: right.active, side: rightSide },
    ignore,
  );
}

/** The rejected configuration (left: it came from Pilot) against the one that serves. */
function rejectedChanges({ kind, name, right }: ResourcePair, { right: side, ignore }: Comparison): PathChange[] {
  if (right.error === null || right.active === null) return [];
  return changesOf(kind, name, { resource: right.error, side }, { resource: right.active, side }, ignore);
}
