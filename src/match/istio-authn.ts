import type { View } from '../model/view.js';
import { bindsToOrigin, matchOrigins } from './jwt/istio-origin.js';
import { audiencesOf } from './jwt/provider.js';
import type { Claims } from './jwt/token.js';
import type { JwtInput } from './jwt-input.js';
import type { RbacInput } from './rbac-input.js';
import { allOf, anyOf, isUnknown, needsInput, type Ternary, type Unknown } from './ternary.js';

/** What Istio's `istio_authn` filter looks at. */
export interface IstioAuthnInput extends JwtInput, Pick<RbacInput, 'tls' | 'peer'> {}

/** What the filter decides and writes. */
export interface IstioAuthnDecision {
  readonly allowed: Ternary;
  /** 401 where the request is denied. */
  readonly code: 401 | null;
  readonly why: string;
  /**
   * Dynamic metadata `istio_authn`: `source.principal`, `request.auth.claims` and so on; RBAC of Istio 1.1 to 1.5 reads
   * it.
   */
  readonly metadata: Readonly<Record<string, unknown>>;
  /** Fields there that nobody gave, and what is missing. */
  readonly unknownMetadata: Readonly<Record<string, Unknown>>;
}

const PEER_FIELDS = ['source.user', 'source.principal', 'source.namespace'];
const NO_PRINCIPAL = needsInput('the source principal (from.principal)');

/**
 * Evaluates Istio's authentication filter of 1.1 to 1.22: one of the policy's `peers` has to authenticate the client
 * and one of its `origins` the end user, unless they are optional.
 *
 * @param config an `istio.envoy.config.filter.http.authn.v2alpha1.FilterConfig`
 * @see https://istio.io/v1.4/docs/reference/config/security/istio.authentication.v1alpha1/
 */
export function evaluateIstioAuthn(config: View, input: IstioAuthnInput): IstioAuthnDecision {
  const policy = config.get('policy');
  if (policy === undefined) return decision(true, 'it has no policy', {}, {});
  const peer = policy.boolean('peer_is_optional') || matchPeers(policy, input);
  if (peer === false) return decision(false, 'peer authentication failed: the client has to use mutual TLS', {}, {});
  const origins = matchOrigins(policy, input);
  const origin = policy.boolean('origin_is_optional') || origins.passes;
  if (origin === false)
    return decision(false, 'origin authentication failed: no token of an issuer that the policy names', {}, {});
  const allowed = allOf([peer, origin], answer => answer);
  const why = isUnknown(allowed) ? `it needs ${allowed.what}` : 'peer and origin authentication pass';
  return decision(
    allowed,
    why,
    written(policy, input, origins.authenticated),
    unknownFields(policy, input, origins.authenticated),
  );
}

function decision(
  allowed: Ternary,
  why: string,
  metadata: IstioAuthnDecision['metadata'],
  unknownMetadata: IstioAuthnDecision['unknownMetadata'],
): IstioAuthnDecision {
  return { allowed, code: allowed === false ? 401 : null, why, metadata, unknownMetadata };
}

/** Mutual TLS is required unless the mode is PERMISSIVE; no `peers` ask for nothing. */
function matchPeers(policy: View, input: IstioAuthnInput): Ternary {
  const peers = policy.list('peers');
  if (peers.length === 0) return true;
  return anyOf(peers, peer => {
    const mode = peer.get('mtls')?.string('mode') ?? 'STRICT';
    return peer.has('mtls') && (['PERMISSIVE', '1'].includes(mode) || showsCertificate(input));
  });
}

function showsCertificate(input: IstioAuthnInput): boolean {
  return input.tls === 'mtls' && input.peer !== 'none';
}

function written(policy: View, input: IstioAuthnInput, authenticated: Ternary): Record<string, unknown> {
  const user = peerUser(policy, input);
  const claims = authenticated === true ? input.claims : null;
  const namespace = user === undefined ? undefined : /\/ns\/([^/]+)/.exec(user)?.[1];
  const principal = bindsToOrigin(policy) ? (claims === null ? undefined : `${claims.iss}/${claims.sub}`) : user;
  const fields = {
    'request.auth.principal': principal,
    'source.user': user,
    'source.principal': user,
    'source.namespace': namespace,
    ...(claims === null ? {} : claimFields(claims)),
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function claimFields(claims: Claims): Record<string, unknown> {
  return {
    'request.auth.audiences': audiencesOf(claims)[0],
    'request.auth.presenter': claims.azp,
    'request.auth.claims': listClaims(claims),
  };
}

/** Istio writes each claim as a list of strings: a string is split at spaces, other kinds are left out. */
function listClaims(claims: Claims): Record<string, string[]> {
  const lists = Object.entries(claims).map(([name, claim]): [string, unknown[]] => {
    const words = typeof claim === 'string' ? claim.split(' ') : claim;
    return [name, Array.isArray(words) ? words.filter(word => typeof word === 'string' && word !== '') : []];
  });
  return Object.fromEntries(lists.filter(([, words]) => words.length > 0)) as Record<string, string[]>;
}

/** The first URI SAN without `spiffe://`; only a policy with `peers` reads the certificate. */
function peerUser(policy: View, input: IstioAuthnInput): string | undefined {
  if (policy.list('peers').length === 0 || !showsCertificate(input)) return undefined;
  return typeof input.peer === 'object' ? input.peer.uriSans[0]?.replace(/^spiffe:\/\//, '') : undefined;
}

function unknownFields(policy: View, input: IstioAuthnInput, authenticated: Ternary): Record<string, Unknown> {
  const fields: Record<string, Unknown> = {};
  const peerUnknown = policy.list('peers').length > 0 && showsCertificate(input) && input.peer === undefined;
  for (const field of peerUnknown ? PEER_FIELDS : []) fields[field] = NO_PRINCIPAL;
  if (peerUnknown && !bindsToOrigin(policy)) fields['request.auth.principal'] = NO_PRINCIPAL;
  if (!isUnknown(authenticated)) return fields;
  const asked = ['audiences', 'presenter', 'claims', ...(bindsToOrigin(policy) ? ['principal'] : [])];
  return { ...fields, ...Object.fromEntries(asked.map(name => [`request.auth.${name}`, authenticated])) };
}
