import type { LinePart } from '../render/trace/line.js';
import type { Output } from './io.js';
import { TextBuffer } from './text-buffer.js';

/** Collects parts of text, and writes many of them at once: to call the system for each line costs more than the line. */
export class Batch {
  private readonly texts = new TextBuffer();
  private collected: Buffer = Buffer.alloc(0);

  constructor(private readonly output: Pick<Output, 'write' | 'writeBytes'>) {}

  /** Takes parts. Where a batch is full and has been written, a promise if the next parts should wait until the reader has taken it. */
  add(parts: readonly LinePart[]): Promise<void> | undefined {
    const text = this.texts.add(parts);
    const { buffer, byteOffset, length } = this.collected;
    if (text.buffer === buffer) {
      this.collected = Buffer.from(buffer, byteOffset, length + text.length);
      return undefined;
    }
    const waits = this.write();
    this.collected = text;
    return waits;
  }

  /** Writes what has been collected. */
  write(): Promise<void> | undefined {
    const bytes = this.collected;
    this.collected = bytes.subarray(bytes.length);
    if (bytes.length === 0) return undefined;
    if (this.output.writeBytes !== undefined) return this.output.writeBytes(bytes);
    this.output.write(bytes.toString());
    return undefined;
  }
}
