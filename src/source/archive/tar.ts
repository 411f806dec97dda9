import { ByteSink, HeadSink } from '../byte-sink.js';
import { type ByteSource, memorySource, rangeSource } from '../byte-source.js';
import { HEAD_BYTES, type LoadedBytes } from '../document.js';
import { whyPassedOver } from '../first-look.js';
import { formOf } from '../form.js';
import type { Limits } from '../limits.js';
import type { Reading } from '../reading.js';
import { SourceError } from '../source-error.js';
import { ArchiveReading } from './archive.js';
import { type TarEntry, TarStream } from './tar-stream.js';

/** Entries of a packed tar are kept in memory up to this size together; later ones are unpacked again when asked for. */
const KEEP_BYTES = 1024 ** 3;

/**
 * Lists the documents of a tar archive: plain, or inflated by its source, of which `keepBytes` are kept in memory at most.
 * Throws SourceError when it is unsafe, over a limit, or holds nothing to read. What comes before a cut is kept, the cut noted.
 */
export async function readTar(tar: ByteSource, reading: Reading, keepBytes = KEEP_BYTES): Promise<void> {
  const archive = new ArchiveReading(tar.name, reading);
  const stream = new TarStream(tar, reading.limits);
  const store = new EntryStore(tar, reading.limits, keepBytes);
  for await (const entry of stream.entries()) {
    const name = archive.nameOf(entry.path, entry.type);
    if (name === undefined) await skipBody(entry.body);
    else await store.read(entry, name, stream.index, archive);
  }
  if (stream.broken !== undefined) archive.report(stream.broken);
  archive.finish();
}

/** Decides for each entry how its bytes are had later: from the archive where it stands plain, from memory, or by unpacking again. */
class EntryStore {
  private kept = 0;

  constructor(
    private readonly tar: ByteSource,
    private readonly limits: Limits,
    private readonly keepBytes: number,
  ) {}

  async read(entry: TarEntry, name: string, index: number, archive: ArchiveReading): Promise<void> {
    const { size } = entry;
    const isKept = this.tar.origin === undefined && size <= this.limits.fileBytes && this.kept + size <= this.keepBytes;
    if (!isKept) {
      const head = await readHead(entry);
      return archive.add(this.fromArchive(entry, name, index, head), head, size);
    }
    const { bytes, incomplete } = await readBody(entry, name, this.limits);
    this.kept += bytes.length;
    const whole = memorySource(name, bytes);
    const source = incomplete === undefined ? whole : { ...whole, load: async () => ({ bytes, incomplete }) };
    return archive.add(source, bytes.subarray(0, HEAD_BYTES), size);
  }

  private fromArchive(entry: TarEntry, name: string, index: number, head: Buffer): ByteSource {
    const { origin } = this.tar;
    if (origin !== undefined) return rangeSource(name, origin, entry.offset, entry.size);
    return unpackedAgain(this.tar, name, { index, size: entry.size }, head, this.limits);
  }
}

/** Reads an entry to its end, as the archive needs it, for its first bytes. */
async function readHead(entry: TarEntry): Promise<Buffer> {
  const head = new HeadSink();
  await untilBroken(entry.body, chunk => head.push(chunk));
  return head.bytes();
}

/** Reads an entry to its end, and gives all of it where its first bytes may be configuration, else no more than these. */
async function readBody(entry: Pick<TarEntry, 'body' | 'size'>, name: string, limits: Limits): Promise<LoadedBytes> {
  const sink = new ByteSink(name, limits, entry.size);
  let looked = false;
  let isWanted = true;
  const incomplete = await untilBroken(entry.body, chunk => {
    if (isWanted) sink.push(chunk);
    if (looked || sink.size < HEAD_BYTES) return;
    looked = true;
    isWanted = mayBeRead(sink.bytes().subarray(0, HEAD_BYTES));
  });
  return incomplete === undefined ? { bytes: sink.bytes() } : { bytes: sink.bytes(), incomplete };
}

function mayBeRead(head: Buffer): boolean {
  return formOf(head) === 'gzip' || whyPassedOver(head) === undefined;
}

/** Uses every chunk; returns in words why the rest is missing where the archive breaks off. */
async function untilBroken(body: AsyncIterable<Buffer>, use: (chunk: Buffer) => void): Promise<string | undefined> {
  try {
    for await (const chunk of body) use(chunk);
    return undefined;
  } catch (error) {
    if (error instanceof SourceError) throw error;
    return 'the archive is cut off inside this file';
  }
}

async function skipBody(body: AsyncIterable<Buffer>): Promise<void> {
  await untilBroken(body, () => {});
}

/** An entry that was not kept: its place in the archive finds it again. */
function unpackedAgain(
  tar: ByteSource,
  name: string,
  place: { index: number; size: number },
  head: Buffer,
  limits: Limits,
): ByteSource {
  const chunks = async function* () {
    const stream = new TarStream(tar, limits);
    for await (const entry of stream.entries()) {
      if (stream.index === place.index) return yield* entry.body;
      await skipBody(entry.body);
    }
    throw new SourceError('archive-cut', name, 'the archive has changed since it was listed', 'Start again.');
  };
  const load = () => readBody({ body: chunks(), size: place.size }, name, limits);
  return { name, head: async () => head, chunks, load };
}
