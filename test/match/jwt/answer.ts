import { evaluateJwt } from '../../../src/match/jwt.js';
import { isUnknown } from '../../../src/match/ternary.js';
import { View } from '../../../src/model/view.js';
import { type JwtRequest, jwtInput } from '../jwt-request.js';

export type Answer = true | 401 | 403 | 'needs-input' | 'unsupported';
export type Row = [
  title: string,
  requires: object | undefined,
  request: JwtRequest,
  answer: Answer,
  details: string | null,
];

export const NOW = 1_700_000_000;
export const A = 'https://a.example';
export const B = 'https://b.example';
export const token = (claims: object): JwtRequest => ({ claims: { sub: 'me', ...claims } });
export const bearer = { authorization: 'Bearer x.y.z' };
export const MISSING = 'Jwt_is_missing';
export const ISSUER = 'Jwt_issuer_is_not_configured';
export const AUDIENCE = 'Audiences_in_Jwt_are_not_allowed';

export const providers = {
  a: { issuer: A, audiences: ['shop', 'https://api.example/'], payload_in_metadata: 'payload' },
  b: { issuer: B, payload_in_metadata: 'b_payload', forward: true },
  any: { payload_in_metadata: 'any' },
  header: { issuer: A, from_headers: [{ name: 'X-Token' }] },
  cookie: { issuer: A, from_cookies: ['session'] },
  param: { issuer: A, from_params: ['jwt'] },
  strict: { issuer: A, subjects: { prefix: 'spiffe://' }, max_lifetime: '3600s' },
  expiring: { issuer: A, require_expiration: true },
  patient: { issuer: A, clock_skew_seconds: 600 },
};

export const a = { provider_name: 'a' };
export const b = { provider_name: 'b' };
export const anyOf = (...requirements: object[]) => ({ requires_any: { requirements } });
export const allOf = (...requirements: object[]) => ({ requires_all: { requirements } });
export const missing = { allow_missing: {} };
export const failed = { allow_missing_or_failed: {} };

export function decide(config: object, request: JwtRequest, perRoute?: object) {
  return evaluateJwt(
    new View(config as Record<string, unknown>, '/config'),
    jwtInput(request),
    perRoute && new View(perRoute as Record<string, unknown>, ''),
  );
}

export function answer({ allowed, code }: ReturnType<typeof decide>): Answer | null {
  if (isUnknown(allowed)) return allowed.unknown;
  return allowed || code;
}

export const denied = (text: string | null) => (text === null ? null : `jwt_authn_access_denied{${text}}`);
