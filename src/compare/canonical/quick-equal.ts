import { camelCase, snakeCase } from '../../decode/case.js';

/** Whether two parsed values are alike but for the case form of their keys. False says nothing: they may still mean the same. */
export function quickEqual(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (Array.isArray(left)) return Array.isArray(right) && sameItems(left, right);
  return !Array.isArray(right) && sameFields(left as Fields, right as Fields);
}

type Fields = Readonly<Record<string, unknown>>;

function sameItems(left: readonly unknown[], right: readonly unknown[]): boolean {
  if (left.length !== right.length) return false;
  for (let i = 0; i < left.length; i++) if (!quickEqual(left[i], right[i])) return false;
  return true;
}

function sameFields(left: Fields, right: Fields): boolean {
  let count = 0;
  for (const key in left) {
    const partner = right[key] ?? right[camelCase(key)] ?? right[snakeCase(key)];
    if (!quickEqual(left[key], partner)) return false;
    count++;
  }
  return Object.keys(right).length === count;
}
