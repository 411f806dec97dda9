import type { View } from '../../model/view.js';
import type { JwtInput } from '../jwt-input.js';
import { needsInput, type Unknown } from '../ternary.js';
import type { JwtCheck } from './requirement.js';
import { type Claims, tokenHeaders } from './token.js';

/** What the filter changes for the filters after it. */
export interface JwtEffects {
  /**
   * Fields that it writes under `envoy.filters.http.jwt_authn`: the provider's `payload_in_metadata` holds the claims.
   */
  readonly metadata: Readonly<Record<string, unknown>>;
  /** Fields there that it may write with contents that nobody gave, and what is missing. */
  readonly unknownMetadata: Readonly<Record<string, Unknown>>;
  /** Request headers that it removes, in lower case. */
  readonly removedHeaders: readonly string[];
  /** Request headers that it adds after that, with their values; null where the value is not known. */
  readonly addedHeaders: Readonly<Record<string, string | null>>;
  /** Whether the route is chosen again after it. */
  readonly clearsRouteCache: boolean;
}

export const NO_EFFECTS: JwtEffects = {
  metadata: {},
  unknownMetadata: {},
  removedHeaders: [],
  addedHeaders: {},
  clearsRouteCache: false,
};

/**
 * What the filter writes after a check, by the fields of the `JwtProvider`s that looked for a token.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/filters/http/jwt_authn/v3/config.proto#extensions-filters-http-jwt-authn-v3-jwtprovider
 */
export function effectsOf(check: JwtCheck, input: JwtInput): JwtEffects {
  const claims = check.verified.length > 0 ? input.claims : null;
  const verified = check.verified.map(provider => provider.view);
  const added = claims === null ? {} : Object.assign({}, ...verified.map(provider => headersFrom(provider, claims)));
  return {
    metadata: claims === null ? {} : payloads(verified, claims),
    unknownMetadata: unknownFields(check),
    removedHeaders: [
      ...check.asked.flatMap(provider => ownHeaders(provider.view)),
      ...verified.flatMap(provider => spentHeaders(provider, input)),
    ],
    addedHeaders: added,
    clearsRouteCache: verified.some(
      provider =>
        provider.boolean('clear_route_cache') &&
        (provider.has('claim_to_headers') || provider.has('payload_in_metadata')),
    ),
  };
}

function payloads(verified: readonly View[], claims: Claims): Record<string, unknown> {
  return Object.fromEntries(
    verified.flatMap(provider => {
      const key = provider.string('payload_in_metadata') ?? '';
      return key === '' ? [] : [[key, normalized(provider, claims)]];
    }),
  );
}

/** `normalize_payload_in_metadata`: the named claims become lists, split at spaces. */
function normalized(provider: View, claims: Claims): Record<string, unknown> {
  const split = provider.get('normalize_payload_in_metadata')?.strings('space_delimited_claims') ?? [];
  const payload: Record<string, unknown> = { ...claims };
  for (const claim of split) {
    const words = typeof claims[claim] === 'string' ? claims[claim].split(' ').filter(word => word !== '') : [];
    if (words.length > 0) payload[claim] = words;
  }
  return payload;
}

function unknownFields({ unknown, asked, verified }: JwtCheck): Record<string, Unknown> {
  const fields: Record<string, Unknown> = {};
  for (const { view } of asked) set(fields, view.string('payload_in_metadata'), unknown);
  for (const { view } of verified) set(fields, view.string('header_in_metadata'), needsInput("the token's header"));
  for (const { view } of asked)
    set(fields, view.string('failed_status_in_metadata'), needsInput("the token's failure status"));
  return fields;
}

function set(fields: Record<string, Unknown>, key: string | undefined, value: Unknown | null): void {
  if (key !== undefined && key !== '' && value !== null) fields[key] = value;
}

/** Headers that only the filter may set: a client's own are removed. */
function ownHeaders(provider: View): string[] {
  const names = [
    provider.string('forward_payload_header'),
    ...provider.list('claim_to_headers').map(item => item.string('header_name')),
  ];
  return names.flatMap(name => (name === undefined || name === '' ? [] : [name.toLowerCase()]));
}

/** Without `forward` a verified token does not reach the upstream. */
function spentHeaders(provider: View, input: JwtInput): string[] {
  return provider.boolean('forward') ? [] : tokenHeaders(provider, input);
}

function headersFrom(provider: View, claims: Claims): Record<string, string | null> {
  const headers: Record<string, string | null> = {};
  const payload = provider.string('forward_payload_header') ?? '';
  if (payload !== '') headers[payload.toLowerCase()] = null;
  for (const item of provider.list('claim_to_headers')) {
    const value = headerValue(claimAt(claims, item.string('claim_name') ?? ''));
    if (value !== '') headers[(item.string('header_name') ?? '').toLowerCase()] = value;
  }
  return headers;
}

/** `claim.nested.key`, one name a level. */
function claimAt(claims: Claims, name: string): unknown {
  return name.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], claims);
}

/** A claim as Envoy writes it into a header; lists and objects as Base64 of their JSON. Empty where it writes none. */
function headerValue(claim: unknown): string {
  if (typeof claim === 'string' || typeof claim === 'boolean') return String(claim);
  if (typeof claim === 'number') return Number.isInteger(claim) && claim >= 0 ? String(claim) : claim.toFixed(6);
  return typeof claim === 'object' && claim !== null ? Buffer.from(JSON.stringify(claim)).toString('base64') : '';
}
