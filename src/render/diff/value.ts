import type { PathChange } from '../../compare/changes/changes.js';
import { shortValue } from '../../compare/changes/short-value.js';
import { printable } from '../printable.js';

const MAX_VALUE = 100;

/** One field that differs, as a line: `~ connect_timeout: 10s → 3s`. */
export function fieldLine({ at, left, right }: PathChange): { sign: '-' | '+' | '~'; text: string } {
  const place = at === '' ? '(all of it)' : at;
  if (left === null) return { sign: '+', text: printable(`${place}: ${shortValue(right, MAX_VALUE)}`) };
  if (right === null) return { sign: '-', text: printable(`${place}: ${shortValue(left, MAX_VALUE)}`) };
  const values =
    left === right
      ? 'another one (a secret, not shown)'
      : `${shortValue(left, MAX_VALUE)} → ${shortValue(right, MAX_VALUE)}`;
  return { sign: '~', text: printable(`${place}: ${values}`) };
}
