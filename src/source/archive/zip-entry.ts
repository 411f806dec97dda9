import { crc32 } from 'node:zlib';
import type { Entry, ZipFile } from 'yauzl';
import { ByteSink, HeadSink } from '../byte-sink.js';
import type { ByteSource } from '../byte-source.js';
import type { LoadedBytes } from '../document.js';
import type { Limits } from '../limits.js';
import { openZip, zipError } from './zip-file.js';

/** An entry of a zip archive that is not open: opened again each time its bytes are asked for. */
export function zipEntrySource(name: string, origin: string | Buffer, entry: Entry, limits: Limits): ByteSource {
  const chunks = () => reopened(name, origin, entry);
  return {
    name,
    chunks,
    head: async () => {
      const zip = await openZip(name, origin);
      return entryHead(zip, entry).finally(() => zip.close());
    },
    load: () => loadEntry(chunks(), name, entry, limits),
  };
}

/** The first bytes of an entry, HEAD_BYTES at most. */
export async function entryHead(zip: ZipFile, entry: Entry): Promise<Buffer> {
  const head = new HeadSink();
  for await (const chunk of await zip.openReadStreamPromise(entry)) {
    head.push(chunk);
    if (head.isFull) break;
  }
  return head.bytes();
}

async function* reopened(name: string, origin: string | Buffer, entry: Entry): AsyncGenerator<Buffer> {
  const zip = await openZip(name, origin);
  try {
    yield* await zip.openReadStreamPromise(entry);
  } catch (error) {
    throw zipError(name, error);
  } finally {
    zip.close();
  }
}

async function loadEntry(
  chunks: AsyncIterable<Buffer>,
  name: string,
  entry: Entry,
  limits: Limits,
): Promise<LoadedBytes> {
  const sink = new ByteSink(name, limits, entry.uncompressedSize);
  for await (const chunk of chunks) sink.push(chunk);
  const bytes = sink.bytes();
  if (crc32(bytes) === entry.crc32) return { bytes };
  return { bytes, incomplete: 'it is damaged: its checksum differs from the one in the archive' };
}
