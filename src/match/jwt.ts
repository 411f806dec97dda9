import type { View } from '../model/view.js';
import { effectsOf, type JwtEffects, NO_EFFECTS } from './jwt/effects.js';
import { isCorsPreflight } from './jwt/preflight.js';
import { checkRequirement, isUnknownStatus, type JwtCheck, type NamedProvider } from './jwt/requirement.js';
import { findRequirement, type JwtRule } from './jwt/rule.js';
import { FAILURE_TEXT, failureCode, jwtDeniedDetails } from './jwt/status.js';
import type { JwtInput } from './jwt-input.js';
import type { Ternary } from './ternary.js';

/** What a JWT filter decides. */
export interface JwtDecision extends JwtEffects {
  readonly allowed: Ternary;
  readonly code: 401 | 403 | null;
  /** Envoy's response code details where the request is denied; null where it is not, or the text is not known. */
  readonly details: string | null;
  /**
   * The rule under which the request falls; null when none does, or the route or filter state names the requirement.
   */
  readonly rule: JwtRule | null;
  /** Names of the providers that looked for a token. */
  readonly providers: readonly string[];
  /** One clause in words, without a full stop. */
  readonly why: string;
  /** What the answer takes for granted. */
  readonly assumptions: readonly string[];
}

/**
 * Evaluates Envoy's JWT filter: the first rule that the request falls under, its requirement, and the token against it.
 * CORS preflights pass where the filter says so.
 *
 * @param config an `http.jwt_authn.v3.JwtAuthentication`
 * @param perRoute the route's `PerRouteConfig`, which replaces the rules
 * @see https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/jwt_authn_filter
 */
export function evaluateJwt(config: View, input: JwtInput, perRoute?: View): JwtDecision {
  if (config.boolean('bypass_cors_preflight') && isCorsPreflight(input)) return pass('a CORS preflight needs no token');
  const found = findRequirement(config, input, perRoute);
  if (found.kind === 'none') return pass(found.why, found.rule);
  if (found.kind === 'unknown') return { ...pass(found.missing.what), allowed: found.missing };
  if (found.kind === 'wrong-name') return wrongName(config, found.name);
  const providers = config.entries('providers').map(([name, view]) => ({ name, view }));
  return conclude(checkRequirement(found.requirement, { providers, input }), input, found.rule);
}

/** The decision that follows from a checked requirement. */
export function conclude(check: JwtCheck, input: JwtInput, rule: JwtRule | null): JwtDecision {
  const { status } = check;
  const providers = check.asked.map(provider => provider.name);
  const base = {
    ...effectsOf(check, input),
    code: null,
    details: null,
    rule,
    providers,
    assumptions: assumptionsOf(check),
  };
  if (status === null) return { ...base, allowed: true, why: satisfiedBecause(check) };
  if (isUnknownStatus(status))
    return { ...base, allowed: status, why: `whether the request has a valid token needs ${status.what}` };
  const text = FAILURE_TEXT[status];
  const details = text === null ? null : jwtDeniedDetails(text);
  return {
    ...base,
    allowed: false,
    code: failureCode(status),
    details,
    why: `${text ?? status} (${names(check.asked)})`,
  };
}

function satisfiedBecause({ verified, asked }: JwtCheck): string {
  if (asked.length === 0) return 'the requirement asks for no token';
  return verified.length > 0
    ? `the token satisfies ${names(verified)}`
    : `no valid token of ${names(asked)} is required`;
}

function names(providers: readonly NamedProvider[]): string {
  return `provider ${providers.map(provider => provider.name).join(', ')}`;
}

function assumptionsOf({ verified }: JwtCheck): string[] {
  return verified.map(({ name, view }) => {
    const cluster = view.path('remote_jwks', 'http_uri')?.string('cluster');
    const keys = cluster === undefined ? '' : `, whose keys come from cluster ${cluster}`;
    return `the token is signed by a key of provider ${name}${keys}`;
  });
}

function pass(why: string, rule: JwtRule | null = null): JwtDecision {
  return { ...NO_EFFECTS, allowed: true, code: null, details: null, rule, providers: [], why, assumptions: [] };
}

/**
 * A route that names a requirement the filter does not have: 403, told when the request arrives and not when the
 * configuration is loaded.
 */
function wrongName(config: View, name: string): JwtDecision {
  const known = Object.keys(config.get('requirement_map')?.value ?? {})
    .sort()
    .join(',');
  const why = `Wrong requirement_name: ${name}. It should be one of [${known}]`;
  return { ...pass(why), allowed: false, code: 403, details: jwtDeniedDetails(why) };
}
