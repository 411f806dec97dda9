const SEQUENCE = 0x30;
const INTEGER = 0x02;
const OCTET_STRING = 0x04;
/** The object identifier of PBES2 (RFC 8018), with which an encrypted PKCS #8 key begins. */
const PBES2 = Buffer.from('06092a864886f70d01050d', 'hex');

/**
 * Whether Base64 holds a private key in DER: PKCS #8 (RFC 5958), PKCS #1 (RFC 8017) or SEC 1 (RFC 5915), a sequence with a
 * version first, where a certificate has another sequence.
 */
export function isPrivateKey(base64: string): boolean {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes[0] !== SEQUENCE) return false;
  const length = bytes[1] ?? 0;
  const start = length < 0x80 ? 2 : 2 + (length & 0x7f);
  if (bytes[start] === SEQUENCE) return bytes.subarray(start, start + 16).includes(PBES2);
  const hasVersion = bytes[start] === INTEGER && bytes[start + 1] === 1 && (bytes[start + 2] ?? 9) <= 1;
  return hasVersion && [SEQUENCE, INTEGER, OCTET_STRING].includes(bytes[start + 3] ?? 0);
}
