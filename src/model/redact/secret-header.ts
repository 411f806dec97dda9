import type { RemovalKind } from './removal.js';
import { secretKind } from './secret-key.js';

const COOKIES = new Set(['cookie', 'set-cookie', 'set-cookie2']);

/** Parts of a name that tell a secret wherever they stand: `x-session-id`, `JSESSIONID`, `x-jwt-payload`, `X-Amz-Signature`. */
const PARTS: readonly (readonly [RegExp, RemovalKind])[] = [
  [/authorization/i, 'authorization header'],
  [/password/i, 'password'],
  [/token|jwt|session|cookie/i, 'token'],
  [/credential|secret|api-?key|hmac|signature/i, 'secret'],
  [/\b(?:x-goog-iam-authority-selector|x-vault-key|x-auth)$/i, 'secret'],
];

/**
 * What a header, query parameter or cookie carries, by its name: `authorization`, `x-api-key`, `x-auth-token`, `session_id`; null where
 * that is no secret.
 */
export function secretHeader(name: string): RemovalKind | null {
  return secretKind(name.toLowerCase()) ?? PARTS.find(([part]) => part.test(name))?.[1] ?? null;
}

/** Whether a header, query parameter or cookie of this name is likely to carry a secret, so that its value is never printed. */
export function isSecretName(name: string): boolean {
  return secretHeader(name) !== null;
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
