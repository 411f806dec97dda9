import { child, PointerError, parsePointer, valueAt } from '../../model/json-pointer.js';
import { redact } from '../../model/redact/redact.js';
import type { Json, JsonObject } from '../canonical/json.js';
import type { PathChange } from './changes.js';

/** The changes to a message with their secrets masked, judged by what stands around them: a secret that differs is masked on both sides. */
export function masked(left: JsonObject, changes: readonly PathChange[]): PathChange[] {
  const copy = structuredClone(left);
  const places = changes.map(change => (isOrder(left, change) ? null : exchanged(copy, change)));
  const [before, after] = [withoutSecrets(left), withoutSecrets(copy)];
  return changes.map((change, index) => {
    const place = places[index] ?? null;
    if (place === null) return { ...change, left: withoutSecrets(change.left), right: withoutSecrets(change.right) };
    return {
      ...change,
      left: change.left === null ? null : (valueAt(before, change.path) as Json),
      right: change.right === null ? null : (valueAt(after, place) as Json),
    };
  });
}

/** A value without its secrets. */
export function withoutSecrets<T>(value: T): T {
  return redact(value).value as T;
}

/** The order of a list is told by the names of its items, which stand nowhere. */
function isOrder(left: JsonObject, { path, left: ours, right }: PathChange): boolean {
  if (ours === null || right === null) return false;
  try {
    return valueAt(left, path) !== ours;
  } catch (error) {
    if (error instanceof PointerError) return true;
    throw error;
  }
}

/** Puts the right side's value where the left one's stands, or beside its neighbours, and gives the place. */
function exchanged(message: JsonObject, { path, left, right }: PathChange): string {
  if (right === null) return path;
  const segments = parsePointer(path);
  const key = segments.pop() ?? '';
  const holder = segments.reduce<unknown>((value, segment) => child(value, segment, path), message);
  if (left === null && Array.isArray(holder))
    return `${path.slice(0, path.lastIndexOf('/'))}/${holder.push(right) - 1}`;
  (holder as Record<string, Json>)[key] = right;
  return path;
}
