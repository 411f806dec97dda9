import type { JwtInput } from '../jwt-input.js';

/** Whether the request is a CORS preflight, by the headers that Envoy's JWT filter reads. */
export function isCorsPreflight(input: JwtInput): boolean {
  const asked = ['origin', 'access-control-request-method'].map(name => input.headers(name) ?? '');
  return input.headers(':method') === 'OPTIONS' && asked.every(value => value !== '');
}
