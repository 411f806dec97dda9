import type { View } from '../../model/view.js';
import type { PathChange } from '../changes/changes.js';

/** Which items of a message's list the changes touch. */
export interface Touched {
  readonly left: readonly View[];
  readonly right: readonly View[];
}

/**
 * The items of a list that changes touch, on each side: an item that differs counts on both. All of them where a side is not there, or where
 * fields beside the list differ; `others` are fields whose changes touch no item.
 */
export function touchedItems(
  list: string,
  others: readonly string[],
  paths: readonly PathChange[],
  left: View | null,
  right: View | null,
): Touched {
  const all = { left: left?.list(list) ?? [], right: right?.list(list) ?? [] };
  if (left === null || right === null || paths.length === 0) return all;
  const touched = { left: new Set<View>(), right: new Set<View>() };
  for (const change of paths) {
    const [, field = '', place, ...below] = change.path.split('/');
    if (others.includes(field)) continue;
    if (field !== list || place === undefined) return all;
    const isOnlyRight = below.length === 0 && change.left === null;
    const item = (isOnlyRight ? all.right : all.left)[Number(place)];
    if (item === undefined) continue;
    touched[isOnlyRight ? 'right' : 'left'].add(item);
    const partner =
      isOnlyRight || (below.length === 0 && change.right === null)
        ? undefined
        : partnerOf(item, Number(place), all.right);
    if (partner !== undefined) touched.right.add(partner);
  }
  return { left: [...touched.left], right: [...touched.right] };
}

/** The item of the other list with the same name or match, else at the same place. */
function partnerOf(item: View, place: number, others: readonly View[]): View | undefined {
  const name = item.string('name');
  if (name !== undefined) return others.find(other => other.string('name') === name);
  const match = JSON.stringify(item.raw('filter_chain_match'));
  return others.find(other => JSON.stringify(other.raw('filter_chain_match')) === match) ?? others[place];
}
