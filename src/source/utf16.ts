/** Byte order of UTF-16 text. */
export type Utf16Order = 'le' | 'be';

/** How many leading bytes tell UTF-16 without a byte order mark. */
const LOOK_BYTES = 256;

/**
 * Tells whether bytes are UTF-16, as PowerShell's `>` writes it, from their first bytes.
 * Without a byte order mark it takes every other byte to be zero, which JSON, YAML and tables begin with.
 */
export function utf16Order(bytes: Buffer): Utf16Order | undefined {
  if (bytes.length < 2) return undefined;
  const mark = bytes.readUInt16BE(0);
  if (mark === 0xfffe) return 'le';
  if (mark === 0xfeff) return 'be';
  const length = Math.min(bytes.length, LOOK_BYTES) & ~1;
  const evenZeros = countZeros(bytes, 0, length);
  const oddZeros = countZeros(bytes, 1, length);
  if (oddZeros === length / 2 && evenZeros === 0) return 'le';
  if (evenZeros === length / 2 && oddZeros === 0) return 'be';
  return undefined;
}

/** Zero bytes at every other position. */
function countZeros(bytes: Buffer, from: number, to: number): number {
  let zeros = 0;
  for (let index = from; index < to; index += 2) if (bytes[index] === 0) zeros++;
  return zeros;
}
