import type { Resource } from '../../model/resource.js';
import { isJsonList, type Json } from '../canonical/json.js';

/** istioctl prints the brackets of an empty object or list on lines of their own, with an empty one between them. */
const EMPTY = 3;

/** Lines before the first entry of what istioctl compares. */
const HEAD = 2;

/** How many lines a value takes in istioctl's indented JSON, whatever the order of its fields. */
export function linesOf(value: Json): number {
  if (typeof value !== 'object' || value === null) return 1;
  const inner = isJsonList(value) ? value : Object.values(value);
  return inner.length === 0 ? EMPTY : inner.reduce<number>((sum, item) => sum + linesOf(item), 2);
}

/** The line of a value on which a part of it begins, from 0; near to it where fields stand in another order. */
export function lineOf(value: Json, [step, ...below]: readonly string[]): number {
  if (step === undefined || typeof value !== 'object' || value === null) return 0;
  let line = 1;
  for (const [key, inner] of Object.entries(value)) {
    if (key === step) return line + lineOf(inner, below);
    line += linesOf(inner);
  }
  return line;
}

/** The lines that a resource's entry takes in istioctl's text of Envoy's side. */
export interface Stretch {
  readonly first: number;
  readonly end: number;
}

/** Where each resource's entry stands: entries are sorted by name, and `wrap` makes an entry of a message. */
export function stretches(resources: readonly Resource[], wrap: (message: Json) => Json): Map<Resource, Stretch> {
  const found = new Map<Resource, Stretch>();
  let first = HEAD + 1;
  for (const resource of [...resources].sort(byName)) {
    const end = first + linesOf(wrap(resource.view.value as Json));
    found.set(resource, { first, end });
    first = end;
  }
  return found;
}

function byName(a: Resource, b: Resource): number {
  return Buffer.compare(Buffer.from(a.name ?? ''), Buffer.from(b.name ?? ''));
}
