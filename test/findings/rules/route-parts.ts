import type { Json } from '../../support/minimal-proxy.js';
import { from, outbound } from '../support/mesh.js';

export const SHOP = outbound('shop');
export const OTHER = outbound('other');
export const MATCHED = { prefix: '/' };

export function route(match: Json, cluster = SHOP, more: Json = {}): Json {
  return { match, route: { cluster }, ...from('virtual-service', 'shop'), ...more };
}
