import { Readable } from 'node:stream';
import type { Header } from 'tar-stream';
import type { ByteSource } from '../byte-source.js';
import { checkTotal, type Limits } from '../limits.js';
import { SourceError } from '../source-error.js';
import type { EntryType } from './archive.js';

export interface TarEntry {
  readonly path: string;
  readonly type: EntryType;
  /** Bytes of the body. */
  readonly size: number;
  /** Where the body begins in the archive. */
  readonly offset: number;
  readonly body: AsyncIterable<Buffer>;
}

/** The entries of a tar archive as they come, each to be read to its end before the next. */
export class TarStream {
  /** Position of the entry at hand. */
  index = -1;
  /** Why the archive ended too early, once the entries are through. */
  broken: SourceError | undefined;

  constructor(
    private readonly tar: ByteSource,
    private readonly limits: Limits,
  ) {}

  /** Throws SourceError when the archive unpacks to more than is allowed. Ends without an error where the archive breaks off. */
  async *entries(): AsyncGenerator<TarEntry> {
    const { extract } = await import('tar-stream');
    const extractor = extract();
    const input = Readable.from(this.chunks(), { highWaterMark: 1 });
    input.on('error', error => extractor.destroy(error));
    input.pipe(extractor);
    try {
      for await (const entry of extractor) {
        this.index++;
        yield { ...describe(entry.header), body: entry as unknown as AsyncIterable<Buffer> };
      }
    } catch (error) {
      if (error instanceof SourceError) throw error;
      this.broken ??= this.brokenOff(error);
    } finally {
      input.destroy();
    }
  }

  /** A cut gzip stream ends as a cut tar would, so that the entry at hand keeps what it has. */
  private async *chunks(): AsyncGenerator<Buffer> {
    let total = 0;
    try {
      for await (const chunk of this.tar.chunks()) {
        total += chunk.length;
        checkTotal(this.tar.name, total, this.limits);
        yield chunk;
      }
    } catch (error) {
      if (!(error instanceof SourceError) || error.kind !== 'gzip-cut') throw error;
      this.broken = this.brokenOff(error);
    }
  }

  private brokenOff(cause: unknown): SourceError {
    const isDamaged = cause instanceof Error && cause.message.startsWith('Invalid tar header');
    const kind = isDamaged ? 'archive-damaged' : 'archive-cut';
    const after = this.index < 0 ? 'before its first entry' : `in or after its entry ${this.index + 1}`;
    const short = `the archive is ${isDamaged ? 'damaged' : 'cut off'} ${after}`;
    return new SourceError(kind, this.tar.name, short, 'Copy or download it again.', { cause });
  }
}

/** tar-stream's own type declarations leave out `byteOffset`, and that a stream gives Buffers. */
function describe(header: Header & { byteOffset?: number }): Omit<TarEntry, 'body'> {
  return { path: header.name, type: entryType(header), size: header.size, offset: header.byteOffset ?? 0 };
}

function entryType({ type }: Header): EntryType {
  if (type === 'file' || type === 'contiguous-file') return 'file';
  if (type === 'directory') return 'directory';
  return type === 'link' || type === 'symlink' ? 'link' : 'other';
}
