import type { TraceRequest } from '../../../src/trace/request.js';
import { route } from '../../support/messages.js';
import type { Json } from '../../support/minimal-proxy.js';
import type { HttpParts } from './through-http.js';

/** A route to cluster a with these fields of its action and of itself. */
export function to(action: Json, more: Json = {}): HttpParts {
  return { routes: [route({ route: { cluster: 'a', ...action } }, more)] };
}
export const added = (key: string, value: string, more: Json = {}): Json => ({ header: { key, value }, ...more });

/** A connection manager to which clients at 10.0.0.0/8 are inside. */
export const MESH = { internal_address_config: { cidr_ranges: [{ address_prefix: '10.0.0.0', prefix_len: 8 }] } };

/** A request from inside. */
export const inside = (headers: Record<string, string | string[]>): TraceRequest => ({
  headers: { 'x-forwarded-for': '10.0.0.7', ...headers },
});
