import { jsonOf } from '../json.js';
import type { Hunk } from './status-diff.js';

const OPENING = /^\s*\{$/;

/**
 * The whole items of lists that one side alone has, as a hunk shows them. A line diff may begin such an item inside its neighbour, whose lines
 * are the same there: turned so that an item's own brackets enclose it, the lines are the item all the same.
 */
export function ownItems({ lines }: Hunk, side: 'left' | 'right'): unknown[] {
  const sign = side === 'left' ? '-' : '+';
  const runs: string[][] = [];
  let isOpen = false;
  for (const line of lines) {
    const isOwn = line.sign === sign;
    if (isOwn && isOpen) runs.at(-1)?.push(line.text);
    else if (isOwn) runs.push([line.text]);
    isOpen = isOwn;
  }
  return runs.flatMap(itemsOf);
}

function itemsOf(run: readonly string[]): unknown[] {
  for (const [at, line] of run.entries()) {
    if (!OPENING.test(line)) continue;
    const text = [...run.slice(at), ...run.slice(0, at)].join('\n').trimEnd().replace(/,$/, '');
    const items = jsonOf(`[${text}]`);
    if (Array.isArray(items)) return items;
  }
  return [];
}
