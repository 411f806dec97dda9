import { isJsonList, isJsonObject, type Json, type JsonObject } from '../canonical/json.js';
import { sameScalar } from '../canonical/scalar.js';
import { align } from './align.js';
import { isSet } from './list-kinds.js';

/** The right value in the left one's order and spelling where they mean the same, so that a comparison line by line shows what differs and no more. */
export function settled(left: Json, right: Json, field = ''): Json {
  if (isJsonObject(left) && isJsonObject(right)) return settledObject(left, right);
  if (isJsonList(left) && isJsonList(right)) return settledList(left, right, field);
  return sameScalar(left, right) ? left : right;
}

function settledObject(left: JsonObject, right: JsonObject): JsonObject {
  const ordered = [
    ...Object.keys(left).filter(key => key in right),
    ...Object.keys(right).filter(key => !(key in left)),
  ];
  return Object.fromEntries(
    ordered.map(key => {
      const [onLeft, onRight = null] = [left[key], right[key]];
      return [key, onLeft === undefined ? onRight : settled(onLeft, onRight, key)];
    }),
  );
}

function settledList(left: readonly Json[], right: readonly Json[], field: string): Json[] {
  const { pairs, onlyRight } = align(left, right);
  const partners = new Map(pairs.map(([at, partner]) => [partner, at]));
  const item = (at: number): Json => {
    const partner = partners.get(at);
    return partner === undefined ? (right[at] ?? null) : settled(left[partner] ?? null, right[at] ?? null, field);
  };
  const order = isSet(field) ? [...pairs.map(([, at]) => at), ...onlyRight] : right.map((_, at) => at);
  return order.map(item);
}
