import type { LinePart } from '../render/trace-line.js';
import type { Output } from './io.js';

/** As many bytes are written at once: to call the system for each line costs more than the line. */
const BATCH = 256 * 1024;

/** A letter of a string has no more bytes in UTF-8. */
const MOST_BYTES = 3;

/** Collects parts of lines, and writes many of them at once. */
export class Batch {
  private bytes = Buffer.alloc(0);
  private filled = 0;

  constructor(private readonly output: Output) {}

  /** Takes parts. Where a batch is full and has been written, a promise if the next parts should wait until the reader has taken it. */
  add(parts: readonly LinePart[]): Promise<void> | undefined {
    const size = parts.reduce((sum, part) => sum + part.length * (typeof part === 'string' ? MOST_BYTES : 1), 0);
    const waits = this.filled + size > this.bytes.length ? this.renew(size) : undefined;
    for (const part of parts) this.put(part);
    return waits;
  }

  /** Writes what has been collected. */
  write(): Promise<void> | undefined {
    const bytes = this.bytes.subarray(0, this.filled);
    this.bytes = this.bytes.subarray(this.filled);
    this.filled = 0;
    if (bytes.length === 0) return undefined;
    if (this.output.writeBytes !== undefined) return this.output.writeBytes(bytes);
    this.output.write(bytes.toString());
    return undefined;
  }

  /** What was written may still be on its way: it is not overwritten. */
  private renew(size: number): Promise<void> | undefined {
    const waits = this.write();
    this.bytes = Buffer.allocUnsafe(Math.max(BATCH, size));
    return waits;
  }

  private put(part: LinePart): void {
    if (typeof part === 'string') this.filled += this.bytes.write(part, this.filled);
    else {
      this.bytes.set(part, this.filled);
      this.filled += part.length;
    }
  }
}
