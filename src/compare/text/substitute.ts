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

/** One way to read a part: the value with the part exchanged, and the steps down to where that begins. */
export interface Reading {
  readonly value: Json;
  readonly steps: readonly string[];
}

/** What stands around a message in a dump: never looked for in a message. */
const BESIDE = new Set(['version_info', 'last_updated']);

/** More ways than this to read a part at one place are not told apart. */
const MAX_READINGS = 2;

/** Every place of a value that looks like a part's right side, and what the value becomes where that takes the left side's looks. */
export function substituted(whole: Json, part: Part, steps: readonly string[] = []): Reading[] {
  const here = replaced(whole, part).map(value => ({ value, steps }));
  if (typeof whole !== 'object' || whole === null) return here;
  const below = Object.entries(whole).flatMap(([key, inner]) =>
    substituted(inner, part, [...steps, key]).map(reading => ({
      ...reading,
      value: withMember(whole, key, reading.value),
    })),
  );
  return [...here, ...below];
}

function withMember(whole: JsonObject | readonly Json[], key: string, value: Json): Json {
  return isJsonList(whole) ? whole.with(Number(key), value) : { ...whole, [key]: value };
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
    if (isBeside(key, whole)) continue;
    const ours = left[key];
    readings = readings.flatMap(reading => replacedField(reading, key, theirs, ours, items)).slice(0, MAX_READINGS);
  }
  const added = Object.entries(left).filter(([key]) => !(key in right) && !isBeside(key, whole) && key !== UNSEEN);
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
  if (isBeside(key, whole)) return true;
  if (key === UNSEEN) return Object.values(whole).some(value => holds(value, part));
  const value = whole[key];
  return value !== undefined && holds(value, part);
}

/** A message's own type is no field of it in canonical form. */
function isBeside(key: string, whole: JsonObject): boolean {
  return BESIDE.has(key) || (key === '@type' && whole[key] === undefined);
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
