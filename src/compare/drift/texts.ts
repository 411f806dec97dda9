import type { Resource } from '../../model/resource.js';
import { withoutSecrets } from '../changes/masked.js';
import { settled } from '../changes/settle.js';
import { comparable } from './comparable.js';
import type { Comparison, Found } from './find.js';
import { messageOf, type Side } from './side.js';

/** Both messages of a difference, secrets masked, as indented JSON that can be compared line by line; of a rejected update, that and what serves. */
export function textsOf(
  { pair, isOnlyRejection }: Found,
  { left, right, ignore }: Comparison,
): { left: string | null; right: string | null } {
  const ours = isOnlyRejection ? messageIn(pair.right.error, right) : messageIn(pair.left.active, left);
  const theirs = messageIn(pair.right.active, right);
  function messageIn(resource: Resource | null, side: Side) {
    if (resource === null) return null;
    const message = comparable(pair.kind, messageOf(resource, side));
    return withoutSecrets(ignore === null ? message : ignore(pair.kind, pair.name, message));
  }
  const text = (message: unknown) => (message === null ? null : `${JSON.stringify(message, null, 2)}\n`);
  return { left: text(ours), right: text(ours === null || theirs === null ? theirs : settled(ours, theirs)) };
}
