import { jsonOf } from '../../decode/json.js';
import { isPrivateKey } from './private-key.js';
import { REDACTED_BYTES, type RemovalKind } from './removal.js';
import { maskText } from './secret-text.js';

const MIN_LENGTH = 20;
const BASE64 = /^[A-Za-z0-9+/_\s-]+={0,2}\s*$/;

/**
 * A Base64 text without what it hides: secrets in the text behind it, or all of it where it is the bytes of a private key.
 * Null where it hides none.
 */
export function withoutHidden(text: string): { text: string; kinds: RemovalKind[] } | null {
  const bytes = decodeBase64(text);
  if (bytes === null) return null;
  if (isPrivateKey(text)) return { text: REDACTED_BYTES, kinds: ['private key'] };
  const masked = maskText(bytes.toString('latin1'));
  if (masked.kinds.length === 0) return null;
  return { text: Buffer.from(masked.text, 'latin1').toString('base64'), kinds: masked.kinds };
}

/** The bytes behind Base64 of either alphabet; null where the text is none, or too short to matter. */
function decodeBase64(text: string): Buffer | null {
  return text.length >= MIN_LENGTH && BASE64.test(text) ? Buffer.from(text, 'base64') : null;
}

/** The JSON object or list that a text is; undefined when it is none. */
export function jsonIn(text: string): object | undefined {
  const first = text.trimStart()[0];
  if (first !== '{' && first !== '[') return undefined;
  const value = jsonOf(text);
  return typeof value === 'object' && value !== null ? value : undefined;
}
