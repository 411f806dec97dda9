import { isObject } from '../decode/json.js';

/** A field that is not what was expected. */
export interface Mismatch {
  /** Where in the result: `endpoints[0].health`. */
  readonly path: string;
  readonly expected: unknown;
  /** Undefined where the result has no such field. */
  readonly actual: unknown;
}

/**
 * Compares an expectation with a value, in part: a mapping names the fields that count, a list the items that must stand there in this order
 * (others may stand between them; an empty list means none), anything else is equal. Returns what differs.
 */
export function mismatches(expected: unknown, actual: unknown, path = ''): Mismatch[] {
  if (Array.isArray(expected)) return listMismatches(expected, actual, path);
  if (isObject(expected)) return fieldMismatches(expected, actual, path);
  return expected === actual ? [] : [{ path, expected, actual }];
}

function fieldMismatches(expected: Record<string, unknown>, actual: unknown, path: string): Mismatch[] {
  if (!isObject(actual)) return [{ path, expected, actual }];
  return Object.entries(expected).flatMap(([key, value]) => {
    const at = path === '' ? key : `${path}.${key}`;
    const found = Object.hasOwn(actual, key) ? actual[key] : undefined;
    return mismatches(value, found, at);
  });
}

function listMismatches(expected: readonly unknown[], actual: unknown, path: string): Mismatch[] {
  if (!Array.isArray(actual)) return [{ path, expected, actual }];
  if (expected.length === actual.length)
    return expected.flatMap((item, index) => mismatches(item, actual[index], `${path}[${index}]`));
  return expected.length > 0 && standInOrder(expected, actual) ? [] : [{ path, expected, actual }];
}

/** Whether each expected item is met by one behind the one that meets the item before it. */
function standInOrder(expected: readonly unknown[], actual: readonly unknown[]): boolean {
  let next = 0;
  return expected.every(item => {
    const found = actual.findIndex((other, at) => at >= next && mismatches(item, other).length === 0);
    next = found + 1;
    return found >= 0;
  });
}
