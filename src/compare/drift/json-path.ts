import { createRequire } from 'node:module';
import type { JsonObject } from '../canonical/json.js';

/** A JSONPath that is none, or that would run code. */
export class JsonPathError extends Error {
  constructor(
    readonly path: string,
    message: string,
  ) {
    super(message);
    this.name = 'JsonPathError';
  }
}

type Library = typeof import('jsonpath-plus');

/**
 * The RFC 6901 pointers of what a JSONPath finds in a value. Filters and scripts are refused: nothing is evaluated.
 * Throws JsonPathError. The library is loaded when this is first called, and used nowhere else.
 */
export function pointersOf(path: string, json: JsonObject): string[] {
  const { JSONPath }: Library = createRequire(import.meta.url)('jsonpath-plus');
  if (!path.startsWith('$')) throw new JsonPathError(path, 'a JSONPath begins with $');
  if (/\[\s*[?(]|[?(]\s*\(/.test(path)) throw new JsonPathError(path, 'filters and scripts are not evaluated');
  try {
    return JSONPath({ path, json, eval: false, resultType: 'pointer', wrap: true });
  } catch (error) {
    throw new JsonPathError(path, error instanceof Error ? error.message : String(error));
  }
}
