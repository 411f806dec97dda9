import { View } from '../model/view.js';

const ids = new WeakMap<object, number>();
let lastId = 0;

/**
 * A text that is the same for two values only where nobody could tell them apart: data by what they hold, parts of a configuration and
 * other objects with a class by which one they are.
 */
export function likeness(value: unknown): string {
  if (typeof value === 'string') return `${value.length}:${value}`;
  if (value === null) return '-';
  if (typeof value === 'function') return `#${idOf(value)};`;
  if (typeof value !== 'object') return `${typeof value} ${String(value)};`;
  if (value instanceof View) return `v${idOf(value.value)}${likeness(value.pointer)}`;
  if (Array.isArray(value)) return `[${ofItems(value)}]`;
  if (value instanceof Map) return `m[${ofItems(value.keys())},${ofItems(value.values())}]`;
  if (value instanceof Set) return `s[${ofItems(value)}]`;
  return isData(value) ? ofData(value) : `#${idOf(value)};`;
}

/** Whether two values have the same likeness, without writing it down. */
export function areAlike(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return Object.is(a, b);
  if (a instanceof View) return b instanceof View && a.value === b.value && a.pointer === b.pointer;
  if (Array.isArray(a)) return Array.isArray(b) && areItemsAlike(a, b);
  if (a instanceof Map)
    return b instanceof Map && areListsAlike(a.keys(), b.keys()) && areListsAlike(a.values(), b.values());
  if (a instanceof Set) return b instanceof Set && areListsAlike(a, b);
  return (
    isData(a) &&
    isData(b) &&
    areItemsAlike(Object.keys(a), Object.keys(b)) &&
    areItemsAlike(Object.values(a), Object.values(b))
  );
}

function areListsAlike(a: Iterable<unknown>, b: Iterable<unknown>): boolean {
  return areItemsAlike([...a], [...b]);
}

function areItemsAlike(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, i) => areAlike(item, b[i]));
}

function ofItems(items: Iterable<unknown>): string {
  let text = '';
  for (const item of items) text += likeness(item);
  return text;
}

/** Objects that are what they hold: not those of a class. */
function isData(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function ofData(value: object): string {
  let text = '{';
  for (const [key, item] of Object.entries(value)) text += `${likeness(key)}${likeness(item)}`;
  return `${text}}`;
}

function idOf(value: object): number {
  let id = ids.get(value);
  if (id === undefined) {
    id = ++lastId;
    ids.set(value, id);
  }
  return id;
}
