import type { JwtInput } from '../jwt-input.js';

/**
 * Whether the request is a CORS preflight, by the headers that Envoy's JWT filter reads.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/filters/http/jwt_authn/v3/config.proto (`bypass_cors_preflight`)
 */
export function isCorsPreflight(input: JwtInput): boolean {
  const asked = ['origin', 'access-control-request-method'].map(name => input.headers(name) ?? '');
  return input.headers(':method') === 'OPTIONS' && asked.every(value => value !== '');
}
