import type { View } from '../../model/view.js';
import type { JwtInput } from '../jwt-input.js';
import { type Unknown, unsupported } from '../ternary.js';
import { verifyClaims } from './provider.js';
import type { JwtFailure } from './status.js';
import { type Token, tokenOf } from './token.js';

/** A configured provider with its name in the filter. */
export interface NamedProvider {
  readonly name: string;
  readonly view: View;
}

/** How a requirement ends: satisfied (null), failed, or not known. */
export interface JwtCheck {
  readonly status: JwtFailure | Unknown | null;
  /**
   * What nobody said of a token that the request carries, though the requirement may be satisfied without; null when
   * nothing.
   */
  readonly unknown: Unknown | null;
  /** Providers whose token was verified; they write metadata and headers. */
  readonly verified: readonly NamedProvider[];
  /** Providers that looked for a token. */
  readonly asked: readonly NamedProvider[];
}

/** The providers of the filter, and the request. */
export interface JwtContext {
  readonly providers: readonly NamedProvider[];
  readonly input: JwtInput;
}

const BYPASSES = ['allow_missing_or_failed', 'allow_missing'] as const;

/**
 * Checks a `JwtRequirement`. An empty one asks for nothing.
 *
 * @see https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/filters/http/jwt_authn/v3/config.proto#extensions-filters-http-jwt-authn-v3-jwtrequirement
 */
export function checkRequirement(requirement: View, context: JwtContext): JwtCheck {
  const any = requirement.get('requires_any');
  if (any !== undefined) return requiresAny(any.list('requirements'), context);
  const all = requirement.get('requires_all');
  if (all !== undefined) return requiresAll(all.list('requirements'), context);
  const withAudiences = requirement.get('provider_and_audiences');
  const name = requirement.string('provider_name') ?? withAudiences?.string('provider_name');
  if (name !== undefined) return requiresProvider(name, withAudiences?.strings('audiences') ?? [], context);
  if (requirement.has('extract_only_without_validation')) return extractOnly(context);
  if (requirement.has('allow_missing_or_failed')) return satisfied(anyProvider(context));
  if (requirement.has('allow_missing')) return allowMissing(anyProvider(context));
  const fields = Object.keys(requirement.value);
  return ended(fields.length === 0 ? null : unsupported(`the JWT requirement ${fields.join(', ')}`), []);
}

function requiresProvider(name: string, audiences: readonly string[], context: JwtContext): JwtCheck {
  const provider = context.providers.find(other => other.name === name);
  if (provider === undefined) return ended(unsupported(`the JWT provider ${name}, which is not configured`), []);
  return verify(provider, audiences.length > 0 ? audiences : provider.view.strings('audiences'), context);
}

function verify(provider: NamedProvider, audiences: readonly string[], context: JwtContext): JwtCheck {
  const asked = [provider];
  const token = tokenFor(provider, context);
  if (token.kind === 'absent') return ended('missed', asked);
  if (token.kind === 'unknown') return ended(token.missing, asked);
  const status = verifyClaims(provider.view, audiences, token.claims, context.input);
  return { ...ended(status, asked), verified: status === null ? asked : [] };
}

function ended(status: JwtCheck['status'], asked: readonly NamedProvider[]): JwtCheck {
  return { status, unknown: isUnknownStatus(status) ? status : null, verified: [], asked };
}

function tokenFor(provider: NamedProvider, { providers, input }: JwtContext): Token {
  const views = providers.map(other => other.view);
  return tokenOf(provider.view, views, input);
}

/**
 * What `allow_missing` and its kin check where they stand alone: the token of any provider, held against the provider
 * of its issuer, else against one without issuer.
 */
export function anyProvider(context: JwtContext): JwtCheck {
  const asked = context.providers;
  const tokens = asked.map(provider => tokenFor(provider, context));
  const present = tokens.find(token => token.kind === 'present');
  if (present === undefined) {
    const unknown = tokens.find(token => token.kind === 'unknown');
    return ended(unknown?.missing ?? 'missed', asked);
  }
  const provider = providerOfIssuer(asked, present.claims.iss);
  if (provider === undefined) return ended('unknown-issuer', asked);
  return { ...verify(provider, provider.view.strings('audiences'), context), asked };
}

/** Claims are passed on as they are, whatever is wrong with the token. */
function extractOnly(context: JwtContext): JwtCheck {
  const check = anyProvider(context);
  const claims = context.input.claims;
  const provider =
    claims === null || check.status === 'missed' ? undefined : providerOfIssuer(context.providers, claims.iss);
  return { ...check, status: null, verified: provider === undefined ? [] : [provider] };
}

function providerOfIssuer(providers: readonly NamedProvider[], issuer: unknown): NamedProvider | undefined {
  const named = providers.find(provider => provider.view.has('issuer') && provider.view.string('issuer') === issuer);
  return named ?? providers.find(provider => (provider.view.string('issuer') ?? '') === '');
}

function satisfied(check: JwtCheck): JwtCheck {
  return { ...check, status: null };
}

function allowMissing(check: JwtCheck): JwtCheck {
  return check.status === 'missed' ? satisfied(check) : check;
}

/**
 * The first that is satisfied ends it. Otherwise a missing token counts least, an unknown issuer next, and any other
 * failure most.
 */
function requiresAny(requirements: readonly View[], context: JwtContext): JwtCheck {
  const regular = requirements.filter(requirement => !BYPASSES.some(bypass => requirement.has(bypass)));
  const bypass = BYPASSES.find(field => requirements.some(requirement => requirement.has(field)));
  const checks = upTo(
    regular,
    requirement => checkRequirement(requirement, context),
    check => check.status === null,
  );
  const check = regular.length === 0 ? anyProvider(context) : merge(checks, weightiest(checks));
  if (check.status === null || bypass === undefined) return check;
  return bypass === 'allow_missing_or_failed' ? satisfied(check) : allowMissing(check);
}

/** The first that is not satisfied ends it. */
function requiresAll(requirements: readonly View[], context: JwtContext): JwtCheck {
  const failed = (check: JwtCheck) => check.status !== null && !isUnknownStatus(check.status);
  const checks = upTo(requirements, requirement => checkRequirement(requirement, context), failed);
  const status = checks.find(failed)?.status ?? checks.find(check => check.status !== null)?.status ?? null;
  return merge(checks, status);
}

function weightiest(checks: readonly JwtCheck[]): JwtCheck['status'] {
  const statuses = checks.map(check => check.status);
  if (statuses.includes(null)) return null;
  const unknown = statuses.find(isUnknownStatus);
  if (unknown !== undefined) return unknown;
  const grave = statuses.findLast(status => status !== 'missed' && status !== 'unknown-issuer');
  return grave ?? (statuses.includes('unknown-issuer') ? 'unknown-issuer' : 'missed');
}

function upTo<T, R>(items: readonly T[], map: (item: T) => R, last: (result: R) => boolean): R[] {
  const results: R[] = [];
  for (const item of items) {
    const result = map(item);
    results.push(result);
    if (last(result)) break;
  }
  return results;
}

function merge(checks: readonly JwtCheck[], status: JwtCheck['status']): JwtCheck {
  const asked = [...new Set(checks.flatMap(check => check.asked))];
  const unknown = checks.find(check => check.unknown !== null)?.unknown ?? null;
  return { status, unknown, verified: checks.flatMap(check => check.verified), asked };
}

/** Whether a check is not decided. */
export function isUnknownStatus(status: JwtCheck['status'] | undefined): status is Unknown {
  return typeof status === 'object' && status !== null;
}
