import { isAscii } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { allocate } from './allocate.js';
import { HEAD_BYTES, type LoadedBytes, type OnRead } from './document.js';
import { checkFile, type Limits } from './limits.js';

/** Bytes that can be looked at, streamed or loaded, each time anew. Its functions throw what the file system throws. */
export interface ByteSource {
  /** Name for errors. */
  readonly name: string;
  /** The file or memory that holds the bytes as they are; absent when they come out of a stream. */
  readonly origin?: string | Buffer;
  /** The first bytes, HEAD_BYTES at most. */
  head(): Promise<Buffer>;
  /** All bytes, piece by piece. */
  chunks(): AsyncIterable<Buffer>;
  load(onRead?: OnRead): Promise<LoadedBytes>;
}

/** What one call reads, in bytes. */
const PIECE = 8 * 1024 * 1024;

/** Node reads with four threads. */
const AT_ONCE = 4;

/** A regular file; `load` throws SourceError when it is larger than allowed, and puts the bytes into memory from `room`. */
export function fileSource(name: string, path: string, limits: Limits, room = allocate): ByteSource {
  return {
    name,
    origin: path,
    head: () => withFile(path, file => readInto(file, Buffer.allocUnsafe(HEAD_BYTES), 0)),
    chunks: () => createReadStream(path),
    load: onRead =>
      withFile(path, async file => {
        const { size } = await file.stat();
        checkFile(name, size, limits);
        // While one piece is looked at others are being read, so that this takes no time.
        let isAllAscii = true;
        const bytes = await readInto(file, room(size), 0, (piece, done, total) => {
          isAllAscii &&= isAscii(piece);
          onRead?.(done, total);
        });
        return { bytes, isAscii: isAllAscii };
      }),
  };
}

/** Bytes at hand, such as those of standard input, as a source. */
export function memorySource(name: string, bytes: Buffer): ByteSource {
  return {
    name,
    origin: bytes,
    head: async () => bytes.subarray(0, HEAD_BYTES),
    chunks: async function* () {
      for (let start = 0; start < bytes.length; start += HEAD_BYTES) yield bytes.subarray(start, start + HEAD_BYTES);
    },
    load: async () => ({ bytes }),
  };
}

/** A part of a file or memory, such as an entry that an archive stores as it is; `load` marks it incomplete where the end comes first. */
export function rangeSource(name: string, origin: string | Buffer, start: number, length: number): ByteSource {
  return {
    name,
    head: () => readRange(origin, start, Math.min(length, HEAD_BYTES)),
    chunks: async function* () {
      for (let at = 0; at < length; at += HEAD_BYTES) {
        yield await readRange(origin, start + at, Math.min(length - at, HEAD_BYTES));
      }
    },
    load: async () => {
      const bytes = await readRange(origin, start, length);
      return bytes.length === length ? { bytes } : { bytes, incomplete: `it is cut off after ${bytes.length} bytes` };
    },
  };
}

/** Size of a file (by its path) or of bytes in memory. */
export async function originSize(origin: string | Buffer): Promise<number> {
  return typeof origin === 'string' ? (await stat(origin)).size : origin.length;
}

/** A part of a file (by its path) or of bytes in memory: shorter than asked for where the end comes first. */
export async function readRange(origin: string | Buffer, start: number, length: number): Promise<Buffer> {
  if (typeof origin !== 'string') return origin.subarray(start, start + length);
  return withFile(origin, file => readInto(file, allocate(length), start));
}

type OnPiece = (piece: Buffer, ...progress: Parameters<OnRead>) => void;

/** Reads until the buffer is full or the file ends, some pieces at the same time; returns what was filled from the beginning. */
async function readInto(file: FileHandle, buffer: Buffer, position: number, onPiece?: OnPiece): Promise<Buffer> {
  let next = 0;
  let filled = 0;
  let end = buffer.length;
  const readPieces = async () => {
    while (next < end) {
      const start = next;
      next += PIECE;
      const piece = buffer.subarray(start, next);
      const length = await fill(file, piece, position + start);
      if (length < piece.length) end = Math.min(end, start + length);
      filled += length;
      onPiece?.(piece.subarray(0, length), filled, buffer.length);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, readPieces));
  return buffer.subarray(0, end);
}

/** Returns how many bytes there were. */
async function fill(file: FileHandle, piece: Buffer, position: number): Promise<number> {
  let filled = 0;
  while (filled < piece.length) {
    const { bytesRead } = await file.read(piece, filled, piece.length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return filled;
}

async function withFile<T>(path: string, use: (file: FileHandle) => Promise<T>): Promise<T> {
  const file = await open(path, 'r');
  try {
    return await use(file);
  } finally {
    await file.close();
  }
}
