import type { View } from '../../model/view.js';
import type { JwtInput } from '../jwt-input.js';
import { matchString } from '../string-matcher.js';
import { isUnknown, type Unknown } from '../ternary.js';
import type { JwtFailure } from './status.js';
import type { Claims } from './token.js';

const DEFAULT_CLOCK_SKEW = 60;

/**
 * Verifies claims against one provider, in Envoy's order: issuer, time, audience, subject, lifetime. The signature is
 * taken to be good.
 *
 * @param provider a `JwtProvider`
 * @param audiences the audiences allowed; empty allows any
 * @returns why the token fails; null when it satisfies the provider
 */
export function verifyClaims(
  provider: View,
  audiences: readonly string[],
  claims: Claims,
  input: JwtInput,
): JwtFailure | Unknown | null {
  const issuer = provider.string('issuer') ?? '';
  if (issuer !== '' && claims.iss !== issuer) return 'unknown-issuer';
  return (
    timeFailure(provider, claims, input.now) ??
    audienceFailure(audiences, claims) ??
    subjectFailure(provider, claims) ??
    lifetimeFailure(provider, claims, input.now)
  );
}

/** `nbf` and `exp` with the provider's clock skew, 60 seconds by default. */
function timeFailure(provider: View, claims: Claims, now: number | null): JwtFailure | null {
  if (now === null) return null;
  const skew = provider.number('clock_skew_seconds') || DEFAULT_CLOCK_SKEW;
  if (typeof claims.nbf === 'number' && now + skew < claims.nbf) return 'not-yet-valid';
  if (typeof claims.exp === 'number' && claims.exp !== 0 && now > claims.exp + skew) return 'expired';
  return null;
}

function audienceFailure(audiences: readonly string[], claims: Claims): JwtFailure | null {
  if (audiences.length === 0) return null;
  const allowed = new Set(audiences.map(bareAudience));
  return audiencesOf(claims).some(audience => allowed.has(bareAudience(audience))) ? null : 'audience-not-allowed';
}

/** The `aud` claim as a list; it may be one string. */
export function audiencesOf(claims: Claims): string[] {
  const list = Array.isArray(claims.aud) ? claims.aud : [claims.aud];
  return list.filter(item => typeof item === 'string');
}

/** Envoy compares audiences without scheme and trailing slash (jwt_verify_lib's CheckAudience). */
function bareAudience(audience: string): string {
  return audience.replace(/^https?:\/\//, '').replace(/\/$/, '');
}

function subjectFailure(provider: View, claims: Claims): JwtFailure | Unknown | null {
  const subjects = provider.get('subjects');
  if (subjects === undefined) return null;
  const { result } = matchString(subjects, typeof claims.sub === 'string' ? claims.sub : '');
  if (isUnknown(result)) return result;
  return result ? null : 'subject-not-allowed';
}

/** `max_lifetime` bounds the time left; it and `require_expiration` refuse a token without `exp`. */
function lifetimeFailure(provider: View, claims: Claims, now: number | null): JwtFailure | null {
  const longest = provider.milliseconds('max_lifetime');
  if (longest === undefined && !provider.boolean('require_expiration')) return null;
  if (typeof claims.exp !== 'number') return 'lifetime-not-allowed';
  if (longest === undefined || now === null) return null;
  return (claims.exp - now) * 1000 < longest ? null : 'lifetime-not-allowed';
}
