import { escapePointer } from '../../decode/case.js';
import { isJsonList, isJsonObject, type Json, type JsonObject } from '../canonical/json.js';
import { sameScalar } from '../canonical/scalar.js';
import { align } from './align.js';
import { labelOf } from './label.js';
import { isSet } from './list-kinds.js';

/** One field that differs; null where a side does not have it. */
export interface PathChange {
  /** RFC 6901 pointer in the message, in snake_case; places in lists are the left side's, or the right one's where only that has the item. */
  readonly path: string;
  /** The same for people: items of lists by their names, `routes[canary].route.cluster`. */
  readonly at: string;
  readonly left: Json;
  readonly right: Json;
}

/** What differs between two canonical messages, field by field; nothing where they mean the same. */
export function changesBetween(left: JsonObject, right: JsonObject): PathChange[] {
  const changes: PathChange[] = [];
  compareObjects(left, right, ROOT, changes);
  return changes;
}

/** Where the walk is. */
interface Place {
  readonly path: string;
  readonly at: string;
  /** The field that holds it. */
  readonly field: string;
}

const ROOT: Place = { path: '', at: '', field: '' };

function fieldOf({ path, at }: Place, field: string): Place {
  return { path: `${path}/${escapePointer(field)}`, at: at === '' ? field : `${at}.${field}`, field };
}

function itemOf({ path, at, field }: Place, place: number, item: Json): Place {
  return { path: `${path}/${place}`, at: `${at}[${labelOf(item, place)}]`, field };
}

function compare(left: Json, right: Json, place: Place, changes: PathChange[]): void {
  if (isJsonObject(left) && isJsonObject(right)) compareObjects(left, right, place, changes);
  else if (isJsonList(left) && isJsonList(right)) compareLists(left, right, place, changes);
  else if (!sameScalar(left, right)) changes.push(changeAt(place, left, right));
}

/** A type that only one side names is no change: API v2 had configuration without one. */
function compareObjects(left: JsonObject, right: JsonObject, place: Place, changes: PathChange[]): void {
  for (const field of new Set([...Object.keys(left), ...Object.keys(right)])) {
    const [onLeft, onRight] = [left[field], right[field]];
    const below = fieldOf(place, field);
    if (onLeft !== undefined && onRight !== undefined) compare(onLeft, onRight, below, changes);
    else if (field !== '@type') changes.push(changeAt(below, onLeft ?? null, onRight ?? null));
  }
}

function compareLists(left: readonly Json[], right: readonly Json[], place: Place, changes: PathChange[]): void {
  const { pairs, onlyLeft, onlyRight, isReordered } = align(left, right);
  const item = (items: readonly Json[], at: number) => items[at] ?? null;
  for (const [at, partner] of pairs)
    compare(item(left, at), item(right, partner), itemOf(place, at, item(left, at)), changes);
  for (const at of onlyLeft) changes.push(changeAt(itemOf(place, at, item(left, at)), item(left, at), null));
  for (const at of onlyRight) changes.push(changeAt(itemOf(place, at, item(right, at)), null, item(right, at)));
  if (!isReordered || isSet(place.field)) return;
  const leftOrder = pairs.map(([at]) => labelOf(item(left, at), at));
  const byRight = [...pairs].sort(([, a], [, b]) => a - b);
  changes.push(
    changeAt(
      place,
      leftOrder,
      byRight.map(([at]) => labelOf(item(left, at), at)),
    ),
  );
}

function changeAt({ path, at }: Place, left: Json, right: Json): PathChange {
  return { path, at, left, right };
}
