import { createGunzip } from 'node:zlib';

/** Larger output pieces mean fewer trips to zlib's threads. */
const PIECE_BYTES = 256 * 1024;

/**
 * Inflates gzip piece by piece and loses nothing that came before a cut: zlib's own stream interface drops what nobody has read
 * yet when it fails, so each write is awaited here and its output taken at once.
 */
export class Inflater {
  private readonly gunzip = createGunzip({ chunkSize: PIECE_BYTES });
  private readonly ready: Buffer[] = [];
  private wake = () => {};
  private ended = false;
  /** Bytes that came out so far. */
  unpacked = 0;
  /** Why inflating stopped before the end of the stream. */
  failure: Error | undefined;

  constructor() {
    this.gunzip.on('data', (chunk: Buffer) => {
      this.unpacked += chunk.length;
      this.ready.push(chunk);
    });
    this.gunzip.on('error', error => {
      this.failure = error;
      this.wake();
    });
    this.gunzip.on('end', () => {
      this.ended = true;
      this.wake();
    });
  }

  /** Nothing more will come out: the stream has failed, or ended with what follows being no gzip. */
  get done(): boolean {
    return this.ended || this.failure !== undefined;
  }

  /** Takes a piece in; returns when all that it gives has come out. */
  async write(chunk: Buffer): Promise<void> {
    await this.until(resolve => this.gunzip.write(chunk, resolve));
  }

  /** Says that no piece follows. A stream that is not whole by now has failed. */
  async end(): Promise<void> {
    if (!this.done) await this.until(() => this.gunzip.end());
  }

  /** What has come out since the last call. */
  take(): Buffer[] {
    return this.ready.splice(0);
  }

  close(): void {
    this.gunzip.destroy();
  }

  /** zlib never calls back for a piece in which the stream ended, so the end wakes the writer too. */
  private async until(start: (resolve: () => void) => void): Promise<void> {
    await new Promise<void>(resolve => {
      this.wake = resolve;
      start(resolve);
    });
  }
}
