import { describe, expect, it } from 'vitest';
import { toUtf8 } from '../../src/decode/text-encoding.js';

const text = '{"name": "größe 😀"}';
const ascii = '{"configs": []}';

function bigEndian(value: string): Buffer {
  return Buffer.from(value, 'utf16le').swap16();
}

describe('text encodings', () => {
  it.each([
    ['UTF-8', Buffer.from(text), text],
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${text}`), text],
    ['UTF-16LE with a mark', Buffer.from(`\uFEFF${text}`, 'utf16le'), text],
    ['UTF-16BE with a mark', bigEndian(`\uFEFF${text}`), text],
    ['UTF-16LE without a mark', Buffer.from(ascii, 'utf16le'), ascii],
    ['UTF-16BE without a mark', bigEndian(ascii), ascii],
    ['UTF-16LE of one character', Buffer.from('7', 'utf16le'), '7'],
    ['UTF-16LE that is cut in the middle of a character', Buffer.from('\uFEFF[1]', 'utf16le').subarray(0, -1), '[1'],
    ['nothing', Buffer.alloc(0), ''],
    ['a mark alone', Buffer.from('\uFEFF'), ''],
  ])('reads %s', (_name, bytes, expected) => {
    expect(toUtf8(bytes).toString()).toBe(expected);
  });

  it('copies nothing where the text is UTF-8 already', () => {
    const bytes = Buffer.from(text);
    expect(toUtf8(bytes)).toBe(bytes);
  });

  it('returns bytes that are no text as they are', () => {
    const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d]);
    expect(toUtf8(png)).toBe(png);
  });

  it.each(['le', 'be'] as const)('keeps a surrogate pair whole where two pieces of UTF-16 (%s) meet', order => {
    // One character before the pairs puts the end of the first 16 MiB piece between the halves of one.
    const long = `\uFEFF${'😀'.repeat(4 * 1024 * 1024 + 3)}`;
    const bytes = order === 'le' ? Buffer.from(long, 'utf16le') : bigEndian(long);
    expect(toUtf8(bytes).equals(Buffer.from(long.slice(1)))).toBe(true);
  });
});
