import type { Resource } from '../../model/resource.js';
import type { JsonObject } from '../canonical/json.js';
import { quickEqual } from '../canonical/quick-equal.js';
import { changesBetween, type PathChange } from '../changes/changes.js';
import { masked } from '../changes/masked.js';
import { comparable } from './comparable.js';
import type { DriftKind } from './difference.js';
import { messageOf, type Side } from './side.js';

/** Takes out of a message what the user does not want compared. */
export type Ignore = (kind: DriftKind, name: string, message: JsonObject) => JsonObject;

/** What differs between two resources of one kind and name, secrets masked. Only what is not alike byte by byte is parsed, and only what differs then is put in canonical form. */
export function changesOf(
  kind: DriftKind,
  name: string,
  left: { readonly resource: Resource; readonly side: Side },
  right: { readonly resource: Resource; readonly side: Side },
  ignore: Ignore | null,
): PathChange[] {
  if (sameText(left.resource, right.resource)) return [];
  const [onLeft, onRight] = [messageOf(left.resource, left.side), messageOf(right.resource, right.side)];
  if (quickEqual(onLeft, onRight)) return [];
  const [ours, theirs] = [comparable(kind, onLeft), comparable(kind, onRight)];
  const changes = changesBetween(ours, theirs);
  if (changes.length === 0 || ignore === null) return masked(ours, changes);
  const rest = ignore(kind, name, ours);
  return masked(rest, changesBetween(rest, ignore(kind, name, theirs)));
}

function sameText(left: Resource, right: Resource): boolean {
  const [onLeft, onRight] = [left.text, right.text];
  return onLeft !== null && onRight !== null && onLeft.length > 0 && onLeft.equals(onRight);
}
