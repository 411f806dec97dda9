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
  readonly left: Json;
  readonly right: Json;
}

/** What differs between two canonical messages, field by field; nothing where they mean the same. */
export function changesBetween(left: JsonObject, right: JsonObject): PathChange[] {
  const changes: PathChange[] = [];
  compareObjects(left, right, '', changes);
  return changes;
}

function compare(field: string, left: Json, right: Json, path: string, changes: PathChange[]): void {
  if (isJsonObject(left) && isJsonObject(right)) compareObjects(left, right, path, changes);
  else if (isJsonList(left) && isJsonList(right)) compareLists(field, left, right, path, changes);
  else if (!sameScalar(left, right)) changes.push({ path, left, right });
}

function compareObjects(left: JsonObject, right: JsonObject, path: string, changes: PathChange[]): void {
  for (const field of fieldsOf(left, right)) {
    const [onLeft, onRight] = [left[field], right[field]];
    const at = `${path}/${escapePointer(field)}`;
    if (onLeft !== undefined && onRight !== undefined) compare(field, onLeft, onRight, at, changes);
    else if (field !== '@type') changes.push({ path: at, left: onLeft ?? null, right: onRight ?? null });
  }
}

/** A type that only one side names is no change: API v2 had configuration without one. */
function fieldsOf(left: JsonObject, right: JsonObject): string[] {
  const added = Object.keys(right).filter(field => left[field] === undefined);
  return [...Object.keys(left), ...added];
}

function compareLists(
  field: string,
  left: readonly Json[],
  right: readonly Json[],
  path: string,
  changes: PathChange[],
): void {
  const { pairs, onlyLeft, onlyRight, isReordered } = align(left, right);
  for (const [at, partner] of pairs) compare(field, left[at] ?? null, right[partner] ?? null, `${path}/${at}`, changes);
  for (const at of onlyLeft) changes.push({ path: `${path}/${at}`, left: left[at] ?? null, right: null });
  for (const at of onlyRight) changes.push({ path: `${path}/${at}`, left: null, right: right[at] ?? null });
  if (!isReordered || isSet(field)) return;
  const order = (items: readonly Json[], places: readonly number[]) =>
    [...places].sort((a, b) => a - b).map(at => labelOf(items[at] ?? null, at));
  changes.push({
    path,
    left: order(
      left,
      pairs.map(([at]) => at),
    ),
    right: order(
      right,
      pairs.map(([, at]) => at),
    ),
  });
}
