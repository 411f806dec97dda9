import { type Utf16Order, utf16Order } from '../source/utf16.js';

/** UTF-16 is converted piece by piece, because a whole dump may be larger than a JavaScript string can be. */
const PIECE_BYTES = 16 * 1024 * 1024;

/**
 * Text in UTF-8, UTF-8 with a byte order mark, or UTF-16 in either byte order, with a mark or without.
 * Returns it as UTF-8 bytes without a mark: a view on the same memory where nothing needs converting.
 * What is not text comes back as it is.
 */
export function toUtf8(bytes: Buffer): Buffer {
  const order = utf16Order(bytes);
  if (order !== undefined) return withoutMark(fromUtf16(bytes, order));
  return withoutMark(bytes);
}

function withoutMark(bytes: Buffer): Buffer {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

function fromUtf16(bytes: Buffer, order: Utf16Order): Buffer {
  const pieces: Buffer[] = [];
  const end = bytes.length & ~1;
  for (let start = 0; start < end; ) {
    const stop = pieceEnd(bytes, Math.min(start + PIECE_BYTES, end), end, order);
    const piece = bytes.subarray(start, stop);
    const littleEndian = order === 'le' ? piece : Buffer.from(piece).swap16();
    pieces.push(Buffer.from(littleEndian.toString('utf16le'), 'utf8'));
    start = stop;
  }
  return Buffer.concat(pieces);
}

/** A piece never ends between the two halves of a surrogate pair. */
function pieceEnd(bytes: Buffer, stop: number, end: number, order: Utf16Order): number {
  if (stop === end) return end;
  const last = order === 'le' ? bytes.readUInt16LE(stop - 2) : bytes.readUInt16BE(stop - 2);
  return last >= 0xd800 && last <= 0xdbff ? stop + 2 : stop;
}
