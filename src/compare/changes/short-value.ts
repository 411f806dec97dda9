import type { Json } from '../canonical/json.js';

/** A value in a line: a string itself, else its JSON text, cut to so many characters, the last one an ellipsis. */
export function shortValue(value: Json, most: number): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
