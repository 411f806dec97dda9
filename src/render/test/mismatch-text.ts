import type { Mismatch } from '../../compare/expectation.js';
import { printable } from '../printable.js';

const MAX_LENGTH = 400;

/** A difference in one line: `cluster: expected "a", got "b"`. */
export function mismatchText({ path, expected, actual }: Mismatch): string {
  const got = actual === undefined ? 'the result has no such field' : `got ${short(actual)}`;
  return printable(`${path}: expected ${short(expected)}, ${got}`);
}

function short(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length <= MAX_LENGTH ? text : `${text.slice(0, MAX_LENGTH)}…`;
}
