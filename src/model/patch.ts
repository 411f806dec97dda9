import { isDeepStrictEqual } from 'node:util';
import { isObject } from '../decode/json.js';
import { child, indexOf, PointerError, parsePointer, valueAt } from './json-pointer.js';

/** One operation of RFC 6902. */
export interface PatchOperation {
  readonly op: 'add' | 'remove' | 'replace' | 'move' | 'copy' | 'test';
  readonly path: string;
  readonly from?: string;
  readonly value?: unknown;
}

/** The patch is not one, or does not fit the document. */
export class PatchError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'PatchError';
  }
}

/**
 * The document after all operations of an RFC 6902 JSON Patch; the one given is not changed.
 * Throws PatchError, naming the operation, where one does not fit.
 */
export function applyJsonPatch(document: unknown, operations: readonly PatchOperation[]): unknown {
  const box = { root: structuredClone(document) };
  for (const [index, operation] of operations.entries()) {
    try {
      OPERATIONS[operation.op](box, operation);
    } catch (error) {
      if (!(error instanceof PointerError)) throw error;
      throw new PatchError(`operation ${index + 1} (${operation.op} ${operation.path}): ${error.message}`);
    }
  }
  return box.root;
}

/** The document after an RFC 7386 merge patch: null removes a field, lists are replaced as a whole. The one given is not changed. */
export function applyMergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const merged = isObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key];
    else define(merged, key, applyMergePatch(Object.hasOwn(merged, key) ? merged[key] : undefined, value));
  }
  return merged;
}

/** Reads a JSON Patch. Throws PatchError where a member is missing or unknown. */
export function patchOperations(value: readonly unknown[]): PatchOperation[] {
  return value.map((item, index) => {
    const where = `operation ${index + 1}`;
    if (!isObject(item)) throw new PatchError(`${where} is not a mapping`);
    const { op, path, from } = item;
    if (typeof op !== 'string' || !Object.hasOwn(OPERATIONS, op))
      throw new PatchError(`${where}: op ${String(op)} is unknown`);
    if (typeof path !== 'string') throw new PatchError(`${where} (${op}) has no path`);
    if ((op === 'move' || op === 'copy') && typeof from !== 'string')
      throw new PatchError(`${where} (${op}) has no from`);
    if ((op === 'add' || op === 'replace' || op === 'test') && !('value' in item))
      throw new PatchError(`${where} (${op}) has no value`);
    return item as unknown as PatchOperation;
  });
}

interface Box {
  root: unknown;
}

const OPERATIONS: Record<PatchOperation['op'], (box: Box, operation: PatchOperation) => void> = {
  add: (box, { path, value }) => insert(box, path, structuredClone(value)),
  remove: (box, { path }) => remove(box, path),
  replace: (box, { path, value }) => {
    valueAt(box.root, path);
    put(box, path, structuredClone(value));
  },
  move: (box, { path, from = '' }) => {
    if (path.startsWith(`${from}/`)) throw new PointerError('a value cannot be moved into itself');
    const value = valueAt(box.root, from);
    remove(box, from);
    insert(box, path, value);
  },
  copy: (box, { path, from = '' }) => insert(box, path, structuredClone(valueAt(box.root, from))),
  test: (box, { path, value }) => {
    if (!isDeepStrictEqual(valueAt(box.root, path), value)) throw new PointerError('the value there is another one');
  },
};

/** Puts a value into a list before a place (`-` is behind its end), or into an object. */
function insert(box: Box, path: string, value: unknown): void {
  const place = placeOf(box, path);
  if (!Array.isArray(place?.parent)) put(box, path, value);
  else {
    const { parent, key } = place;
    parent.splice(key === '-' ? parent.length : indexOf(key, parent.length + 1), 0, value);
  }
}

function put(box: Box, path: string, value: unknown): void {
  const place = placeOf(box, path);
  if (place === null) box.root = value;
  else if (Array.isArray(place.parent)) place.parent[indexOf(place.key, place.parent.length)] = value;
  else if (isObject(place.parent)) define(place.parent, place.key, value);
  else throw new PointerError(`nothing can stand at ${path}: what is above it is no object or list`);
}

function remove(box: Box, path: string): void {
  const place = placeOf(box, path);
  if (place === null) throw new PointerError('the whole document cannot be removed');
  child(place.parent, place.key, path);
  if (Array.isArray(place.parent)) place.parent.splice(Number(place.key), 1);
  else if (isObject(place.parent)) delete place.parent[place.key];
}

/** What a pointer's last segment stands in; null for the whole document. */
function placeOf(box: Box, path: string): { parent: unknown; key: string } | null {
  const segments = parsePointer(path);
  const key = segments.pop();
  if (key === undefined) return null;
  return { parent: segments.reduce((value, segment) => child(value, segment, path), box.root), key };
}

/** A key such as `__proto__` becomes a field like any other. */
function define(object: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
}
