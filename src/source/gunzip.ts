import { promisify } from 'node:util';
import { constants, gunzip, gunzipSync, type ZlibOptions } from 'node:zlib';
import { ByteSink, HeadSink } from './byte-sink.js';
import { type ByteSource, originSize, readRange } from './byte-source.js';
import { HEAD_BYTES, type LoadedBytes } from './document.js';
import { Inflater } from './inflater.js';
import { checkRatio, type Limits } from './limits.js';
import { SourceError } from './source-error.js';

const gunzipWhole = promisify(gunzip);

/** Deflate cannot pack tighter than this, so a larger size in the trailer is not believed. */
const MAX_RATIO = 1032;

/**
 * What a gzip source inflates to. Nothing is kept: each call inflates anew, and `head` no more than it needs.
 * `load` gives what could be inflated of a stream that is cut or damaged, with the reason; `chunks` ends with a SourceError
 * (kind `gzip-cut`) after it.
 */
export function gunzipped(packed: ByteSource, limits: Limits): ByteSource {
  const { name } = packed;
  return {
    name,
    head: async () => (await headAtOnce(packed)) ?? readHead(inflate(packed, limits)),
    chunks: () => inflate(packed, limits),
    load: async onRead => {
      const whole = await inflateAtOnce(packed, limits);
      if (whole !== null) return { bytes: whole };
      const expected = await expectedSize(packed);
      const sink = new ByteSink(name, limits, expected);
      const incomplete = await untilCut(inflate(packed, limits), chunk => {
        sink.push(chunk);
        onRead?.(sink.size, Math.max(sink.size, expected));
      });
      return loaded(sink, incomplete);
    },
  };
}

/** So much of a packed file gives a head of what dumps hold, in bytes. */
const PACKED_HEAD = 8 * 1024;

/** Null where it gives too little, or nothing: piece by piece tells what it is then. */
async function headAtOnce({ origin }: ByteSource): Promise<Buffer | null> {
  if (origin === undefined) return null;
  const packed = await readRange(origin, 0, PACKED_HEAD);
  const unpacked = inflateNow(packed, { finishFlush: constants.Z_SYNC_FLUSH }) ?? Buffer.alloc(0);
  const isAll = packed.length < PACKED_HEAD && unpacked.length > 0;
  return isAll || unpacked.length >= HEAD_BYTES ? Buffer.from(unpacked.subarray(0, HEAD_BYTES)) : null;
}

/** So few packed bytes are inflated sooner than a thread is asked to, most of all the first time. */
const FEW = 64 * 1024;

function inflateNow(packed: Buffer, options: ZlibOptions): Buffer | null {
  try {
    return gunzipSync(packed, options);
  } catch {
    return null;
  }
}

/** Packed files up to this size are read and inflated by one call each, which spares many trips between threads, in bytes. */
const SMALL = 4 * 1024 * 1024;

/** So much is unpacked by one call at most, in bytes: the limits are only looked at when it is there. */
const MOST_AT_ONCE = 64 * 1024 * 1024;

/** Null where the file is large, or is not one whole stream within the limits: piece by piece tells what it is then. */
async function inflateAtOnce({ name, origin }: ByteSource, limits: Limits): Promise<Buffer | null> {
  const size = origin === undefined ? Number.POSITIVE_INFINITY : await originSize(origin);
  if (origin === undefined || size > SMALL) return null;
  const packed = await readRange(origin, 0, size);
  const maxOutputLength = Math.min(limits.fileBytes, MOST_AT_ONCE);
  if (sizeInTrailer(packed) > maxOutputLength) return null;
  const options = { maxOutputLength };
  const unpacked = await (size <= FEW ? inflateNow(packed, options) : gunzipWhole(packed, options).catch(() => null));
  if (unpacked !== null) checkRatio(name, packed.length, unpacked.length, limits);
  return unpacked;
}

function loaded(sink: ByteSink, cut: SourceError | undefined): LoadedBytes {
  if (cut === undefined) return { bytes: sink.bytes() };
  if (sink.size === 0) throw cut;
  return { bytes: sink.bytes(), incomplete: `${cut.short} after ${sink.size} bytes` };
}

/** Uses every chunk; returns the error of a stream that is cut, and throws any other. */
async function untilCut(chunks: AsyncIterable<Buffer>, use: (chunk: Buffer) => void): Promise<SourceError | undefined> {
  try {
    for await (const chunk of chunks) use(chunk);
    return undefined;
  } catch (error) {
    if (error instanceof SourceError && error.kind === 'gzip-cut') return error;
    throw error;
  }
}

async function readHead(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const head = new HeadSink();
  const first = async function* () {
    for await (const chunk of chunks) {
      yield chunk;
      if (head.isFull) return;
    }
  };
  const cut = await untilCut(first(), chunk => head.push(chunk));
  const bytes = head.bytes();
  if (cut !== undefined && bytes.length === 0) throw cut;
  return bytes;
}

async function expectedSize(packed: ByteSource): Promise<number> {
  if (packed.origin === undefined) return 0;
  const size = await originSize(packed.origin);
  const trailer = await readRange(packed.origin, Math.max(0, size - 4), 4);
  return Math.min(sizeInTrailer(trailer), size * MAX_RATIO);
}

/** The size in the trailer of the last member (RFC 1952, ISIZE): exact for nearly every file below 4 GiB. */
function sizeInTrailer(packed: Buffer): number {
  return packed.length < 4 ? 0 : packed.readUInt32LE(packed.length - 4);
}

/**
 * Inflates piece by piece: no more is in memory than one piece of input gives.
 */
async function* inflate(packed: ByteSource, limits: Limits): AsyncGenerator<Buffer> {
  const inflater = new Inflater();
  let read = 0;
  try {
    for await (const chunk of packed.chunks()) {
      read += chunk.length;
      await inflater.write(chunk);
      checkRatio(packed.name, read, inflater.unpacked, limits);
      yield* inflater.take();
      if (inflater.done) break;
    }
    await inflater.end();
    yield* inflater.take();
  } finally {
    inflater.close();
  }
  if (inflater.failure !== undefined) throw cutError(packed.name, inflater.failure);
}

function cutError(name: string, failure: Error): SourceError {
  const isCut = (failure as NodeJS.ErrnoException).code === 'Z_BUF_ERROR';
  const short = isCut ? 'the gzip stream is cut off' : `the gzip stream is damaged (${failure.message})`;
  return new SourceError('gzip-cut', name, short, 'Copy or download it again.', { cause: failure });
}
