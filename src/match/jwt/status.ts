/** Why a token does not satisfy a provider; the names of jwt_verify_lib without their prefix. */
export type JwtFailure =
  | 'missed'
  | 'unknown-issuer'
  | 'expired'
  | 'not-yet-valid'
  | 'audience-not-allowed'
  | 'subject-not-allowed'
  | 'lifetime-not-allowed';

/**
 * What jwt_verify_lib prints for a failure; Envoy answers with it and puts it into the response code details. Null
 * where the public sources at hand do not tell the text.
 */
export const FAILURE_TEXT: Readonly<Record<JwtFailure, string | null>> = {
  missed: 'Jwt is missing',
  'unknown-issuer': 'Jwt issuer is not configured',
  expired: 'Jwt is expired',
  'not-yet-valid': 'Jwt not yet valid',
  'audience-not-allowed': 'Audiences in Jwt are not allowed',
  'subject-not-allowed': null,
  'lifetime-not-allowed': null,
};

/**
 * 403 for a wrong audience, 401 for everything else.
 * Rule: Filter::onComplete in Envoy's source/extensions/filters/http/jwt_authn/filter.cc.
 */
export function failureCode(failure: JwtFailure): 401 | 403 {
  return failure === 'audience-not-allowed' ? 403 : 401;
}

/**
 * Envoy's response code details for a text: white space becomes `_`.
 * Rule: generateRcDetails in Envoy's source/extensions/filters/http/jwt_authn/filter.cc.
 */
export function jwtDeniedDetails(text: string): string {
  return `jwt_authn_access_denied{${text.replace(/\s/g, '_')}}`;
}
