import type { View } from '../model/view.js';
import { anyProvider } from './jwt/requirement.js';
import { conclude, type JwtDecision } from './jwt.js';
import type { JwtInput } from './jwt-input.js';

/**
 * Evaluates Istio 1.1's own `jwt-auth` filter: the token is held against the rule of its issuer. With
 * `allow_missing_or_failed`, as Istio sets it, the filter lets everything pass and leaves the decision to
 * `istio_authn`.
 *
 * @param config an `istio.envoy.config.filter.http.jwt_auth.v2alpha1.JwtAuthentication`
 * @returns the decision; Envoy had no response code details then
 */
export function evaluateIstioJwtAuth(config: View, input: JwtInput): JwtDecision {
  const providers = config.list('rules').map(view => ({ name: view.string('issuer') ?? 'without issuer', view }));
  const check = anyProvider({ providers, input });
  const status = config.boolean('allow_missing_or_failed') ? null : check.status;
  return { ...conclude({ ...check, status }, input, null), details: null };
}
