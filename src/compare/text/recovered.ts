import { ownItems } from '../../decode/unified-diff/own-items.js';
import { layoutOf, type Segment, segmentsOf } from '../../decode/unified-diff/segments.js';
import type { Hunk, StatusDiff, StatusDiffKind } from '../../decode/unified-diff/status-diff.js';
import { canonical } from '../canonical/canonical.js';
import { isJsonList, isJsonObject, type Json, type JsonObject } from '../canonical/json.js';
import type { PathChange } from '../changes/changes.js';
import { textOf } from '../changes/identity.js';
import { withoutSecrets } from '../changes/masked.js';
import type { DriftChange } from '../drift/difference.js';
import { pairSegments } from './pair-segments.js';
import { partChanges } from './part-changes.js';
import type { Part } from './substitute.js';

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
  /** Whether the message shows as a whole. */
  readonly isWhole: boolean;
  /** The parts that differ of a resource that both sides have. */
  readonly parts: readonly Part[];
  /** The line of Envoy's text where the part begins to differ. */
  readonly line: number;
  /** In how many places of the text it shows. */
  readonly places: number;
}

/** What the text of `istioctl proxy-status POD` shows to differ, resource by resource in the order of the text. */
export function recover(diff: StatusDiff): Recovered[] {
  return merged(recoverEach(diff));
}

/** The same place by place: a resource that differs in several places stands there as often. */
export function recoverEach(diff: StatusDiff): Recovered[] {
  const found: Recovered[] = [];
  for (const section of diff.sections) {
    const layout = layoutOf(diff, section);
    const inHunk = (hunk: Hunk) =>
      ofHunk(
        section.kind,
        segmentsOf(hunk, 'left', section.kind, layout),
        segmentsOf(hunk, 'right', section.kind, layout),
        ownItems(hunk, 'left').map(item => part(item)),
      );
    found.push(...section.hunks.flatMap(inHunk));
  }
  return found;
}

function ofHunk(
  kind: StatusDiffKind,
  left: readonly Segment[],
  right: readonly Segment[],
  items: readonly Json[],
): Recovered[] {
  const { pairs, onlyLeft, onlyRight } = pairSegments(left, right);
  return [
    ...onlyLeft.map(segment => alone(kind, segment, 'only-left', items)),
    ...onlyRight.map(segment => alone(kind, segment, 'only-right', [])),
    ...pairs.flatMap(([ours, theirs]) => together(kind, ours, theirs, items)),
  ];
}

/** What both a resource on one side and one on both have where they say nothing else. */
const NOTHING = { paths: [], rejection: null, message: null, isWhole: false, parts: [], line: 0, places: 1 } as const;

function alone(kind: StatusDiffKind, segment: Segment, change: DriftChange, items: readonly Json[]): Recovered {
  const { name, isInferred, json } = segment;
  const whole = items.map(messageIn).find(message => message !== null && (message.name ?? name) === name) ?? null;
  const message = whole ?? messageIn(part(json));
  return { ...NOTHING, kind, name, isInferred, change, message, isWhole: whole !== null || segment.isWhole };
}

function together(kind: StatusDiffKind, left: Segment, right: Segment, items: readonly Json[]): Recovered[] {
  if (!left.hasOwnLines && !right.hasOwnLines) return [];
  const { name, isInferred } = left.name === null ? right : left;
  const rejected = rejectedIn(right.json);
  if (rejected !== null) {
    const own = typeof rejected.name === 'string' ? rejected.name : name;
    return [{ ...NOTHING, kind, name: own, isInferred: false, change: 'changed', rejection: rejected.details }];
  }
  if (left.json === undefined || right.json === undefined)
    return [{ ...NOTHING, kind, name, isInferred, change: 'changed' }];
  const paths = partChanges(kind, left, right);
  const parts = [{ left: part(left.json), right: part(right.json), items }];
  const { line } = right;
  return paths.length === 0 ? [] : [{ ...NOTHING, kind, name, isInferred, change: 'changed', paths, parts, line }];
}

/** A part of a message in canonical form. */
function part(json: unknown): Json {
  return canonical({ part: json }).part ?? null;
}

/** The error_state that Envoy shows beside what serves. */
function rejectedIn(json: unknown): { name: Json | undefined; details: string } | null {
  const states = (isJsonList(json as Json) ? (json as readonly Json[]) : [json as Json]).filter(isJsonObject);
  for (const entry of states) {
    const state = entry.errorState;
    if (!isJsonObject(state)) continue;
    const failed = isJsonObject(state.failedConfiguration) ? state.failedConfiguration : {};
    return { name: failed.name, details: typeof state.details === 'string' ? withoutSecrets(state.details) : '' };
  }
  return null;
}

/** The message inside an entry, under the key that its kind has, or the one that does not show. */
function messageIn(entry: Json): JsonObject | null {
  const first = isJsonList(entry) ? entry[0] : entry;
  if (!isJsonObject(first)) return null;
  const active = isJsonObject(first.active_state) ? first.active_state : first;
  const message = active.cluster ?? active.listener ?? active.route_config ?? active['…'];
  return isJsonObject(message) ? message : null;
}

/** One difference a resource; what shows no name is one where it differs in the same way. */
export function merged(found: readonly Recovered[]): Recovered[] {
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
    isWhole: known.isWhole || other.isWhole,
    parts: [...known.parts, ...other.parts],
    places: known.places + 1,
  };
}
