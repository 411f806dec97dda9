import type { LinePart } from '../render/trace/line.js';

/** As many bytes are kept together. */
const SIZE = 256 * 1024;

/** A letter of a string has no more bytes in UTF-8. */
const MOST_BYTES = 3;

/** Puts parts of text into UTF-8, one text behind the other in large pieces of memory that hold nothing else. */
export class TextBuffer {
  private bytes = Buffer.alloc(0);
  private filled = 0;

  /** The bytes of parts: in the memory of those before them where it has room and has not been handed to another thread. */
  add(parts: readonly LinePart[]): Buffer {
    const size = parts.reduce((sum, part) => sum + part.length * (typeof part === 'string' ? MOST_BYTES : 1), 0);
    if (this.bytes.length === 0 || this.filled + size > this.bytes.length) {
      this.bytes = Buffer.allocUnsafeSlow(Math.max(SIZE, size));
      this.filled = 0;
    }
    const start = this.filled;
    for (const part of parts) this.put(part);
    return this.bytes.subarray(start, this.filled);
  }

  private put(part: LinePart): void {
    if (typeof part === 'string') this.filled += this.bytes.write(part, this.filled);
    else {
      this.bytes.set(part, this.filled);
      this.filled += part.length;
    }
  }
}
