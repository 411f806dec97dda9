import { camelCase } from '../../decode/case.js';
import { fieldName, isFreeField, isMapField } from './field-name.js';

/** Whether two parsed values are alike but for the case form of their field names. False says nothing: they may still mean the same. */
export function quickEqual(left: unknown, right: unknown, field = ''): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (Array.isArray(left)) return Array.isArray(right) && sameItems(left, right, isFreeField(field) ? field : '');
  return !Array.isArray(right) && sameFields(left as Fields, right as Fields, field);
}

type Fields = Readonly<Record<string, unknown>>;

function sameItems(left: readonly unknown[], right: readonly unknown[], field: string): boolean {
  if (left.length !== right.length) return false;
  for (let i = 0; i < left.length; i++) if (!quickEqual(left[i], right[i], field)) return false;
  return true;
}

/** Keys of a map are those of users: only the very same one is the same. */
function sameFields(left: Fields, right: Fields, field: string): boolean {
  const isMap = isMapField(field);
  const below = isFreeField(field) ? field : '';
  let count = 0;
  for (const key in left) {
    const name = isMap ? below : fieldName(key);
    const partner = right[key] ?? (isMap ? undefined : (right[name] ?? right[camelCase(name)]));
    if (!quickEqual(left[key], partner, name)) return false;
    count++;
  }
  return Object.keys(right).length === count;
}
