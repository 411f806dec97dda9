import { UNSEEN } from '../../decode/unified-diff/fragment.js';
import { isJsonList, isJsonObject, type Json, type JsonObject } from '../canonical/json.js';
import { sameScalar } from '../canonical/scalar.js';
import { textOf } from '../changes/identity.js';

/** The same part of a resource on both sides, as a hunk shows it, and the whole items that Pilot alone has there. */
export interface Part {
  readonly left: Json;
  readonly right: Json;
  readonly items: readonly Json[];
}

/** What stands around a message in a dump, or says no more than what it is: never looked for in a message. */
const BESIDE = new Set(['@type', 'version_info', 'last_updated']);

/** More ways than this to read a text are not told apart. */
const MAX_READINGS = 2;

/** Every value that `whole` becomes where a part that looks like the right side's takes the left side's looks: one where the part stands at one place. */
export function substituted(whole: Json, part: Part): Json[] {
  const here = replaced(whole, part);
  const below = isJsonList(whole)
    ? whole.flatMap((item, at) => substituted(item, part).map(value => whole.with(at, value)))
    : isJsonObject(whole)
      ? Object.entries(whole).flatMap(([key, inner]) =>
          substituted(inner, part).map(value => ({ ...whole, [key]: value })),
        )
      : [];
  return [...here, ...below].slice(0, MAX_READINGS);
}

/** The value with the part exchanged that begins right here; none where it does not. */
function replaced(whole: Json, part: Part): Json[] {
  const { left, right, items } = part;
  if (textOf(left) === textOf(right)) return holds(whole, right) ? [whole] : [];
  if (isJsonObject(right)) return isJsonObject(whole) ? replacedFields(whole, right, left, items) : [];
  if (isJsonList(right)) return isJsonList(whole) ? replacedItems(whole, right, left, items) : [];
  return sameScalar(whole, right) ? [left] : [];
}

function replacedFields(whole: JsonObject, right: JsonObject, left: Json, items: readonly Json[]): Json[] {
  if (!isJsonObject(left)) return holds(whole, right) ? [left] : [];
  let readings: JsonObject[] = [whole];
  for (const [key, theirs] of Object.entries(right)) {
    if (BESIDE.has(key)) continue;
    const ours = left[key];
    readings = readings.flatMap(reading => replacedField(reading, key, theirs, ours, items)).slice(0, MAX_READINGS);
  }
  const added = Object.entries(left).filter(([key]) => !(key in right) && !BESIDE.has(key) && key !== UNSEEN);
  return readings.map(reading => ({ ...reading, ...Object.fromEntries(added) }));
}

function replacedField(
  reading: JsonObject,
  key: string,
  theirs: Json,
  ours: Json | undefined,
  items: readonly Json[],
): JsonObject[] {
  const fields = key === UNSEEN ? Object.keys(reading) : [key];
  return fields.flatMap(field => {
    const value = reading[field];
    if (value === undefined) return [];
    const values = replaced(value, { left: ours ?? theirs, right: theirs, items });
    if (ours !== undefined) return values.map(changed => ({ ...reading, [field]: changed }));
    const { [field]: _, ...others } = reading;
    return values.length > 0 ? [others] : [];
  });
}

function replacedItems(whole: readonly Json[], right: readonly Json[], left: Json, items: readonly Json[]): Json[] {
  if (!isJsonList(left)) return [];
  return placesOf(whole, right)
    .flatMap(at => exchanged(whole, at, right, left, items))
    .slice(0, MAX_READINGS);
}

/** Whether a value looks like a part of it that a hunk shows. */
function holds(whole: Json, part: Json): boolean {
  if (isJsonObject(part)) return isJsonObject(whole) && Object.entries(part).every(field => holdsField(whole, field));
  if (isJsonList(part)) return isJsonList(whole) && placesOf(whole, part).length > 0;
  return sameScalar(whole, part);
}

function holdsField(whole: JsonObject, [key, part]: [string, Json]): boolean {
  if (BESIDE.has(key)) return true;
  if (key === UNSEEN) return Object.values(whole).some(value => holds(value, part));
  const value = whole[key];
  return value !== undefined && holds(value, part);
}

/** Where a run of items that looks like the part's begins. */
function placesOf(whole: readonly Json[], part: readonly Json[]): number[] {
  const places = Array.from({ length: Math.max(0, whole.length - part.length + 1) }, (_, at) => at);
  return places.filter(at => part.every((item, i) => holds(whole[at + i] ?? null, item)));
}

/** Lists of one length are exchanged item by item; else the items that one side has more are put in or taken out where the lists part. */
function exchanged(
  whole: readonly Json[],
  at: number,
  right: readonly Json[],
  left: readonly Json[],
  items: readonly Json[],
): Json[] {
  const more = left.length - right.length;
  if (more === 0) return itemByItem(whole, at, right, left, items);
  const parting = at + commonLength(left, right);
  if (more < 0) return [whole.toSpliced(parting, -more)];
  const own = items.slice(0, more);
  return own.length < more ? [] : [whole.toSpliced(parting, 0, ...own)];
}

function itemByItem(
  whole: readonly Json[],
  at: number,
  right: readonly Json[],
  left: readonly Json[],
  items: readonly Json[],
): Json[] {
  let readings: (readonly Json[])[] = [whole];
  for (const [i, theirs] of right.entries()) {
    const ours = left[i] ?? null;
    readings = readings
      .flatMap(reading =>
        replaced(reading[at + i] ?? null, { left: ours, right: theirs, items }).map(value =>
          reading.with(at + i, value),
        ),
      )
      .slice(0, MAX_READINGS);
  }
  return readings.map(reading => [...reading]);
}

function commonLength(left: readonly Json[], right: readonly Json[]): number {
  const length = Math.min(left.length, right.length);
  const first = left.slice(0, length).findIndex((item, i) => textOf(item) !== textOf(right[i] ?? null));
  return first < 0 ? length : first;
}
