import type { PathChange } from '../compare/changes/changes.js';
import { printable } from './printable.js';

const MAX_VALUE = 100;

/** One field that differs, as a line: `~ connect_timeout: 10s → 3s`. */
export function fieldLine({ at, left, right }: PathChange): { sign: '-' | '+' | '~'; text: string } {
  const place = at === '' ? '(all of it)' : at;
  if (left === null) return { sign: '+', text: printable(`${place}: ${value(right)}`) };
  if (right === null) return { sign: '-', text: printable(`${place}: ${value(left)}`) };
  const values = left === right ? 'another one (a secret, not shown)' : `${value(left)} → ${value(right)}`;
  return { sign: '~', text: printable(`${place}: ${values}`) };
}

function value(json: unknown): string {
  const text = typeof json === 'string' ? json : JSON.stringify(json);
  return text.length <= MAX_VALUE ? text : `${text.slice(0, MAX_VALUE - 1)}…`;
}
