import { child, parsePointer } from '../../model/json-pointer.js';
import { fieldName } from '../canonical/field-name.js';
import type { JsonObject } from '../canonical/json.js';
import { pointersOf } from './json-path.js';
import { plural } from './kinds.js';
import type { Ignore } from './same.js';

/**
 * What JSONPaths name is left out of the comparison. A path begins at the resource (`$.connect_timeout`, `$..weight`) or above all of them
 * (`$.clusters['outbound|53||…'].connect_timeout`); field names in either case form. Throws JsonPathError where a path is none.
 */
export function ignoring(paths: readonly string[]): Ignore | null {
  if (paths.length === 0) return null;
  const wanted = paths.map(inSnakeCase);
  for (const path of wanted) pointersOf(path, {});
  return (kind, name, message) => {
    const root = structuredClone({ [plural(kind)]: { [name]: message } }) as Mutable;
    const resource = (root[plural(kind)] as Mutable)[name] as Mutable;
    const found = wanted.flatMap(path => [
      ...places(resource, pointersOf(path, resource as JsonObject)),
      ...places(root, pointersOf(path, root as JsonObject)),
    ]);
    for (const { holder, key } of found) remove(holder, key);
    return withoutHoles((root[plural(kind)] as Mutable | undefined)?.[name] ?? {}) as JsonObject;
  };
}

type Mutable = Record<string, unknown>;

interface Place {
  readonly holder: Mutable | unknown[];
  readonly key: string;
}

function places(root: unknown, pointers: readonly string[]): Place[] {
  return pointers.flatMap(pointer => {
    const segments = parsePointer(pointer);
    const key = segments.pop();
    if (key === undefined) return [];
    const holder = segments.reduce((value, segment) => child(value, segment, pointer), root);
    return [{ holder: holder as Mutable, key }];
  });
}

/** Items keep their places until all are taken out. */
function remove(holder: Place['holder'], key: string): void {
  if (Array.isArray(holder)) holder[Number(key)] = undefined;
  else delete holder[key];
}

function withoutHoles(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter(item => item !== undefined).map(withoutHoles);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutHoles(inner)]));
}

/** Field names outside quotes, as the compared messages have them. */
function inSnakeCase(path: string): string {
  return path.replace(/'[^']*'|"[^"]*"|[A-Za-z_]\w*/g, part => (/^['"]/.test(part) ? part : fieldName(part)));
}
