import { allocate, enlarged } from './allocate.js';
import { HEAD_BYTES } from './document.js';
import { checkFile, type Limits } from './limits.js';

/** Collects pieces into one buffer: in place where the size was foreseen, enlarged by half where not. */
export class ByteSink {
  private buffer: Buffer;
  private filled = 0;

  /** Takes the name for errors and the size that is expected, in bytes (a guess may be wrong in both directions). */
  constructor(
    private readonly name: string,
    private readonly limits: Limits,
    expected = 0,
  ) {
    this.buffer = allocate(Math.min(expected, limits.fileBytes));
  }

  /** Adds a piece. Throws SourceError when the whole becomes larger than one file may be. */
  push(chunk: Buffer): void {
    const size = this.filled + chunk.length;
    checkFile(this.name, size, this.limits);
    if (size > this.buffer.length) this.grow(size);
    chunk.copy(this.buffer, this.filled);
    this.filled = size;
  }

  get size(): number {
    return this.filled;
  }

  /** What was collected so far, without a copy. */
  bytes(): Buffer {
    return this.buffer.subarray(0, this.filled);
  }

  private grow(size: number): void {
    const roomy = Math.min(Math.max(size, Math.ceil(this.buffer.length * 1.5)), this.limits.fileBytes);
    this.buffer = enlarged(this.bytes(), roomy);
  }
}

/** Collects the first HEAD_BYTES of what is pushed and drops the rest. */
export class HeadSink {
  private readonly pieces: Buffer[] = [];
  private filled = 0;

  push(chunk: Buffer): void {
    if (!this.isFull) this.pieces.push(chunk.subarray(0, HEAD_BYTES - this.filled));
    this.filled = Math.min(HEAD_BYTES, this.filled + chunk.length);
  }

  get isFull(): boolean {
    return this.filled === HEAD_BYTES;
  }

  bytes(): Buffer {
    return Buffer.concat(this.pieces);
  }
}
