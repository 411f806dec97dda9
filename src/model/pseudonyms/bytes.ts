import { REDACTED_BYTES } from '../redact/removal.js';
import { pseudonymousCertificates } from './certificates.js';
import type { Pseudonyms } from './pseudonyms.js';

/** Base64 of an address in its bytes, as in Istio 1.1’s attributes, under another address; of anything else like {@link pseudonymousBytes}. */
export function pseudonymousValue(base64: string, pseudonyms: Pseudonyms): string {
  const bytes = Buffer.from(base64, 'base64');
  const isAddress = bytes.length === 4 || bytes.length === 16;
  return isAddress
    ? Buffer.from(pseudonyms.addresses.encryptBytes([...bytes])).toString('base64')
    : pseudonymousBytes(base64, pseudonyms);
}

/**
 * Base64 with the names and addresses behind it replaced, in certificates and text. Other bytes that hold a name are taken
 * out, for nobody can say what else they hold.
 */
export function pseudonymousBytes(base64: string, pseudonyms: Pseudonyms): string {
  const bytes = Buffer.from(base64, 'base64');
  const text = bytes.toString('latin1');
  if (text.includes('-----BEGIN CERTIFICATE-----'))
    return Buffer.from(pseudonymousCertificates(text, pseudonyms), 'latin1').toString('base64');
  const changed = pseudonyms.text(text);
  if (changed === text) return base64;
  return isText(bytes) ? Buffer.from(pseudonyms.text(bytes.toString('utf8'))).toString('base64') : REDACTED_BYTES;
}

function isText(bytes: Buffer): boolean {
  return !bytes.some(byte => byte < 9 || (byte > 13 && byte < 32));
}
