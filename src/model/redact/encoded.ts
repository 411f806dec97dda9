import { REDACTED_BYTES, type RemovalKind } from './removal.js';
import { maskText } from './secret-text.js';

const MIN_LENGTH = 20;
const BASE64 = /^[A-Za-z0-9+/_\s-]+={0,2}\s*$/;

const SEQUENCE = 0x30;
const INTEGER = 0x02;
const OCTET_STRING = 0x04;
/** The object identifier of PBES2 (RFC 8018), with which an encrypted PKCS #8 key begins. */
const PBES2 = Buffer.from('06092a864886f70d01050d', 'hex');

/**
 * A Base64 text without what it hides: secrets in the text behind it, or all of it where it is the bytes of a private key.
 * Null where it hides none.
 */
export function withoutHidden(text: string): { text: string; kinds: RemovalKind[] } | null {
  const bytes = decodeBase64(text);
  if (bytes === null) return null;
  if (isPrivateKey(bytes)) return { text: REDACTED_BYTES, kinds: ['private key'] };
  const masked = maskText(bytes.toString('latin1'));
  if (masked.kinds.length === 0) return null;
  return { text: Buffer.from(masked.text, 'latin1').toString('base64'), kinds: masked.kinds };
}

/** The bytes behind Base64 of either alphabet; null where the text is none, or too short to matter. */
export function decodeBase64(text: string): Buffer | null {
  return text.length >= MIN_LENGTH && BASE64.test(text) ? Buffer.from(text, 'base64') : null;
}

/** DER of PKCS #8 (RFC 5958), PKCS #1 (RFC 8017) or SEC 1 (RFC 5915): a sequence with a version first, where a certificate has another sequence. */
function isPrivateKey(bytes: Buffer): boolean {
  if (bytes[0] !== SEQUENCE) return false;
  const length = bytes[1] ?? 0;
  const start = length < 0x80 ? 2 : 2 + (length & 0x7f);
  if (bytes[start] === SEQUENCE) return bytes.subarray(start, start + 16).includes(PBES2);
  const hasVersion = bytes[start] === INTEGER && bytes[start + 1] === 1 && (bytes[start + 2] ?? 9) <= 1;
  return hasVersion && [SEQUENCE, INTEGER, OCTET_STRING].includes(bytes[start + 3] ?? 0);
}

/** The JSON object or list that a text is; undefined when it is none. */
export function jsonIn(text: string): object | undefined {
  const first = text.trimStart()[0];
  if (first !== '{' && first !== '[') return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
