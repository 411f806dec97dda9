import { overlaid } from '../../model/overlaid-proxy.js';
import type { ProxyConfig } from '../../model/proxy.js';
import { keyOf } from '../drift/name.js';
import type { ResourcePair } from '../drift/pairs.js';
import type { Side } from '../drift/side.js';

/** The left side as if it had the right side's version of one resource: what that difference does by itself. */
export function withVersionOf(left: Side, { kind, key, right }: ResourcePair): ProxyConfig {
  const others = left.traced.all(kind).filter(resource => keyOf(kind, resource, left) !== key);
  const theirs = [right.active, right.warming, right.draining, right.error].filter(resource => resource !== null);
  return overlaid(left.traced, new Map([[kind, [...others, ...theirs]]]));
}
