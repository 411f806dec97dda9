/** What was taken out of a document. */
export type RemovalKind =
  | 'private key'
  | 'password'
  | 'token'
  | 'secret'
  | 'authorization header'
  | 'environment value'
  | 'binary data';

/** One thing that was taken out, and where it stood. */
export interface Removal {
  /** RFC 6901 pointer in the document. */
  readonly pointer: string;
  readonly kind: RemovalKind;
}

/** Stands where something was: letters only, so that it is harmless in a regular expression, a path or a header. */
export const REDACTED = 'REDACTED';

/** The same in a field of bytes, which JSON holds as Base64. */
export const REDACTED_BYTES = Buffer.from(REDACTED).toString('base64');

/** What Envoy itself and earlier runs leave in the place of a secret. */
const GONE = new Set(['', REDACTED, REDACTED_BYTES, '[redacted]', Buffer.from('[redacted]').toString('base64')]);

/** Whether nothing is left to remove: empty, or redacted by Envoy or by an earlier run. */
export function isGone(text: string): boolean {
  return GONE.has(text);
}
