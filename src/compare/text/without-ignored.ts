import { parsePointer } from '../../model/json-pointer.js';
import type { Json, JsonObject } from '../canonical/json.js';
import type { Ignore } from '../drift/same.js';
import type { Recovered } from './recovered.js';

/** What is left of the differences in a text once the user's paths are left out: each field is looked at as a message that has nothing else. */
export function withoutIgnored(found: readonly Recovered[], ignore: Ignore | null): Recovered[] {
  if (ignore === null) return [...found];
  return found.flatMap(one => {
    const isLeft = (message: JsonObject) => Object.keys(ignore(one.kind, one.name ?? '', message)).length > 0;
    if (one.change !== 'changed') return one.message === null || isLeft(one.message) ? [one] : [];
    const paths = one.paths.filter(({ path, left, right }) => isHeld(ignore, one, path, right ?? left));
    return paths.length > 0 || one.paths.length === 0 ? [{ ...one, paths }] : [];
  });
}

function isHeld(ignore: Ignore, { kind, name }: Recovered, path: string, value: Json): boolean {
  const steps = parsePointer(path);
  let rest: Json | undefined = ignore(kind, name ?? '', alone(steps, value) as JsonObject);
  for (const step of steps) {
    if (typeof rest !== 'object' || rest === null) return false;
    rest = Array.isArray(rest) ? rest[0] : (rest as JsonObject)[step];
  }
  return rest !== undefined;
}

/** A message with nothing but what a path leads to; a place in a list is its first. */
function alone([step, ...below]: readonly string[], value: Json): Json {
  if (step === undefined) return value;
  const inner = alone(below, value);
  return /^(?:\d+|\*)$/.test(step) ? [inner] : { [step]: inner };
}
