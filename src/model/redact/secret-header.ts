import type { RemovalKind } from './removal.js';
import { secretKind } from './secret-key.js';

const COOKIES = new Set(['cookie', 'set-cookie', 'set-cookie2']);

/** Headers that carry credentials though their names do not end like a secret's. */
const OTHERS = new Set(['x-goog-iam-authority-selector', 'x-amz-credential', 'x-vault-key', 'dd-api-key', 'x-auth']);

/** What a header carries, by its name: `authorization`, `proxy-authorization`, `x-api-key`, `x-auth-token`; null for all others. */
export function secretHeader(name: string): RemovalKind | null {
  const lower = name.toLowerCase();
  if (lower === 'authorization' || lower === 'proxy-authorization') return 'authorization header';
  return OTHERS.has(lower) ? 'secret' : secretKind(lower);
}

/** Whether a header holds cookies: whoever sets one in a configuration sets a session; whoever matches one routes by it. */
export function isCookieHeader(name: string): boolean {
  return COOKIES.has(name.toLowerCase());
}

/** The scheme of a credential, with what follows being open: `Bearer `, `Basic .*`. */
const OPEN_CREDENTIAL = /^\^?\(?(?:bearer|basic|digest|negotiate|token|apikey)\)?(?: |\\s|%20)*[.*+$()[\]\\sS^?]*$/i;

/** Whether a header's value names no more than a scheme, as matchers and JWT locations do. */
export function isOnlyScheme(value: string): boolean {
  return OPEN_CREDENTIAL.test(value) || /^[.*+$^?()[\]\\sSwW]*$/.test(value);
}

/** A value without its credential: the scheme stays, for it says how the request is authenticated. */
export function withoutCredential(value: string, placeholder: string): string {
  const scheme = /^(?:bearer|basic|digest|negotiate|token|apikey)(?: |%20)+(?=\S)/i.exec(value)?.[0] ?? '';
  return scheme + placeholder;
}
