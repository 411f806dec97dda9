import { extension, route } from '../../support/messages.js';
import type { Json } from '../../support/minimal-proxy.js';

/** Leaves out what Envoy adds by itself. */
export const NO_ID = { generate_request_id: false };
export const ROUTES = [route('a')];

/** An HTTP filter of Envoy's own. */
export function http(kind: string, config: Json = {}, more: Json = {}): Json {
  return { ...extension(kind, `envoy.extensions.filters.http.${kind}.v3.Config`, config), ...more };
}

/** An RBAC that denies, or allows, requests with a header. */
export function rbac(header: string, action: 'ALLOW' | 'DENY' = 'DENY', more: Json = {}): Json {
  const policy = { permissions: [{ header: { name: header, present_match: true } }], principals: [{ any: true }] };
  return http('rbac', { rules: { action, policies: { p: policy } } }, more);
}

export const perFilter = (name: string, config: Json): Json => ({ typed_per_filter_config: { [name]: config } });
export const any = (type: string, config: Json = {}): Json => ({ '@type': `type.googleapis.com/${type}`, ...config });
