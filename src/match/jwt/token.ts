import type { View } from '../../model/view.js';
import type { JwtInput } from '../jwt-input.js';
import { parseQuery } from '../query.js';
import { needsInput, type Unknown } from '../ternary.js';

export type Claims = Readonly<Record<string, unknown>>;

/** The token that a provider finds in a request. */
export type Token =
  | { readonly kind: 'absent' }
  | { readonly kind: 'present'; readonly claims: Claims }
  | { readonly kind: 'unknown'; readonly missing: Unknown };

/**
 * Where a provider finds its token in a request.
 *
 * Claims without a token in the request stand for a token at the place where the provider looks. Claims with one stand
 * for that one, so that a provider that looks elsewhere finds none. A token without claims is unknown.
 *
 * @param provider the `JwtProvider` that looks
 * @param all every provider of the filter
 */
export function tokenOf(provider: View, all: readonly View[], input: JwtInput): Token {
  const carried = carriesToken(provider, input);
  if (input.claims !== null) {
    const here = carried || !all.some(other => carriesToken(other, input));
    return here ? { kind: 'present', claims: input.claims } : { kind: 'absent' };
  }
  return carried ? { kind: 'unknown', missing: needsInput('the claims of the token (claims)') } : { kind: 'absent' };
}

/**
 * Whether the request has something where the provider looks: `from_headers`, `from_params`, `from_cookies`, or the
 * default two.
 */
export function carriesToken(provider: View, input: JwtInput): boolean {
  const params = looksAtDefault(provider) ? ['access_token'] : provider.strings('from_params');
  const query = parseQuery(input.path);
  return (
    tokenHeaders(provider, input).length > 0 ||
    params.some(param => query.has(param)) ||
    provider.strings('from_cookies').some(cookie => inCookie(cookie, input))
  );
}

/** Names of the headers in which the request carries the provider's token, in lower case. */
export function tokenHeaders(provider: View, input: JwtInput): string[] {
  const places = looksAtDefault(provider)
    ? [['authorization', 'Bearer ']]
    : provider.list('from_headers').map(header => [header.string('name'), header.string('value_prefix')]);
  return places.flatMap(([name = '', prefix = '']) =>
    input.headers(name.toLowerCase())?.includes(prefix) ? [name.toLowerCase()] : [],
  );
}

function looksAtDefault(provider: View): boolean {
  return !['from_headers', 'from_params', 'from_cookies'].some(field => provider.has(field));
}

function inCookie(name: string, input: JwtInput): boolean {
  const cookies = (input.headers('cookie') ?? '').split(';');
  return cookies.some(cookie => cookie.trim().startsWith(`${name}=`));
}
