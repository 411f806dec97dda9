import { layoutOf, type Segment, segmentsOf } from '../../decode/unified-diff/segments.js';
import type { Hunk, StatusDiff, StatusDiffKind } from '../../decode/unified-diff/status-diff.js';
import { canonical } from '../canonical/canonical.js';
import { isJsonList, isJsonObject, type Json, type JsonObject } from '../canonical/json.js';
import type { PathChange } from '../changes/changes.js';
import { textOf } from '../changes/identity.js';
import type { DriftChange } from '../drift/difference.js';
import { pairSegments } from './pair-segments.js';
import { partChanges } from './part-changes.js';

/** A difference as far as the text holds it. */
export interface Recovered {
  readonly kind: StatusDiffKind;
  readonly name: string | null;
  readonly isInferred: boolean;
  readonly change: DriftChange;
  readonly paths: readonly PathChange[];
  /** Envoy's reason, where the text shows a rejected update; empty where it gives none. */
  readonly rejection: string | null;
  /** The message of a resource that one side has, as far as it shows. */
  readonly message: JsonObject | null;
  /** In how many places of the text it shows. */
  readonly places: number;
}

/** What the text of `istioctl proxy-status POD` shows to differ, resource by resource in the order of the text. */
export function recover(diff: StatusDiff): Recovered[] {
  const found: Recovered[] = [];
  for (const section of diff.sections) {
    const layout = layoutOf(diff, section);
    const inHunk = (hunk: Hunk) =>
      ofHunk(
        section.kind,
        segmentsOf(hunk, 'left', section.kind, layout),
        segmentsOf(hunk, 'right', section.kind, layout),
      );
    found.push(...section.hunks.flatMap(inHunk));
  }
  return merged(found);
}

function ofHunk(kind: StatusDiffKind, left: readonly Segment[], right: readonly Segment[]): Recovered[] {
  const { pairs, onlyLeft, onlyRight } = pairSegments(left, right);
  return [
    ...onlyLeft.map(segment => alone(kind, segment, 'only-left')),
    ...onlyRight.map(segment => alone(kind, segment, 'only-right')),
    ...pairs.flatMap(([ours, theirs]) => together(kind, ours, theirs)),
  ];
}

function alone(kind: StatusDiffKind, segment: Segment, change: DriftChange): Recovered {
  const { name, isInferred } = segment;
  return { kind, name, isInferred, change, paths: [], rejection: null, message: messageOf(segment), places: 1 };
}

function together(kind: StatusDiffKind, left: Segment, right: Segment): Recovered[] {
  if (!left.hasOwnLines && !right.hasOwnLines) return [];
  const { name, isInferred } = left.name === null ? right : left;
  const rejected = rejectedIn(right.json);
  if (rejected !== null) {
    const { details } = rejected;
    const own = typeof rejected.name === 'string' ? rejected.name : name;
    return [
      {
        kind,
        name: own,
        isInferred: false,
        change: 'changed',
        paths: [],
        rejection: details,
        message: null,
        places: 1,
      },
    ];
  }
  const paths = partChanges(kind, left, right);
  return paths.length === 0
    ? []
    : [{ kind, name, isInferred, change: 'changed', paths, rejection: null, message: null, places: 1 }];
}

/** The error_state that Envoy shows beside what serves. */
function rejectedIn(json: unknown): { name: Json | undefined; details: string } | null {
  const states = (isJsonList(json as Json) ? (json as readonly Json[]) : [json as Json]).filter(isJsonObject);
  for (const entry of states) {
    const state = entry.errorState;
    if (!isJsonObject(state)) continue;
    const failed = isJsonObject(state.failedConfiguration) ? state.failedConfiguration : {};
    return { name: failed.name, details: typeof state.details === 'string' ? state.details : '' };
  }
  return null;
}

/** The message inside an entry, under the key that its kind has, or the one that does not show. */
function messageOf({ json }: Segment): JsonObject | null {
  const entry = isJsonList(json as Json) ? (json as readonly Json[])[0] : (json as Json);
  if (!isJsonObject(entry)) return null;
  const active = isJsonObject(entry.activeState) ? entry.activeState : entry;
  const message = active.cluster ?? active.listener ?? active.routeConfig ?? active['…'];
  return isJsonObject(message) ? canonical(message) : null;
}

/** One difference a resource; what shows no name is one where it differs in the same way. */
function merged(found: readonly Recovered[]): Recovered[] {
  const byKey = new Map<string, Recovered>();
  for (const one of found) {
    const key = `${one.kind} ${one.change} ${one.name ?? textOf(one.paths as unknown as Json)}`;
    const known = byKey.get(key);
    byKey.set(key, known === undefined ? one : join(known, one));
  }
  return [...byKey.values()];
}

function join(known: Recovered, other: Recovered): Recovered {
  const seen = new Set(known.paths.map(path => JSON.stringify(path)));
  const more = other.paths.filter(path => !seen.has(JSON.stringify(path)));
  return {
    ...known,
    paths: [...known.paths, ...more],
    rejection: known.rejection ?? other.rejection,
    message: known.message ?? other.message,
    places: known.places + 1,
  };
}
