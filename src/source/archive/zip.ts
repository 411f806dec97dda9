import type { Entry, ZipFile } from 'yauzl';
import { type ByteSource, originSize } from '../byte-source.js';
import { checkRatio, checkTotal } from '../limits.js';
import type { Reading } from '../reading.js';
import { SourceError } from '../source-error.js';
import { ArchiveReading, type EntryType } from './archive.js';
import { entryHead, zipEntrySource } from './zip-entry.js';
import { openZip, zipError } from './zip-file.js';

/** High half of a zip entry's attributes where a Unix tool made it: the type bits of its mode, and those of a link. */
const TYPE_BITS = 0o170000;
const LINK_BITS = 0o120000;

/**
 * Lists the documents of a zip archive.
 * Throws SourceError when it is cut, damaged, encrypted, unsafe, over a limit, or holds nothing to read.
 */
export async function readZip(name: string, origin: string | Buffer, reading: Reading): Promise<void> {
  const archive = new ArchiveReading(name, reading);
  const zip = await openZip(name, origin);
  const guard = new UnpackedSize(name, await originSize(origin), reading);
  try {
    for await (const entry of zip.eachEntry()) {
      guard.add(entry);
      const path = await fileNameOf(entry);
      const entryName = archive.nameOf(path, entryType(entry, path));
      if (entryName !== undefined)
        await readEntry(zip, entry, zipEntrySource(entryName, origin, entry, reading.limits), archive);
    }
  } catch (error) {
    throw zipError(name, error);
  } finally {
    zip.close();
  }
  archive.finish();
}

async function readEntry(zip: ZipFile, entry: Entry, source: ByteSource, archive: ArchiveReading): Promise<void> {
  if (entry.isEncrypted()) {
    const hint = 'Unpack it with its password and give the folder.';
    throw new SourceError('encrypted', archive.name, 'the archive is protected by a password', hint);
  }
  if (!entry.canDecodeFileData()) {
    const short = `it is packed by a method that is not read (${entry.compressionMethod})`;
    return archive.report(
      new SourceError('not-readable-form', source.name, short, 'Unpack the archive and give the folder.'),
    );
  }
  await archive.add(source, await entryHead(zip, entry), entry.uncompressedSize);
}

/** Adds up the sizes that a zip declares; yauzl fails an entry that inflates to another size than its own. */
class UnpackedSize {
  private total = 0;

  constructor(
    private readonly name: string,
    private readonly packed: number,
    private readonly reading: Reading,
  ) {}

  add(entry: Entry): void {
    this.total += entry.uncompressedSize;
    checkTotal(this.name, this.total, this.reading.limits);
    checkRatio(this.name, this.packed, this.total, this.reading.limits);
  }
}

async function fileNameOf(entry: Entry): Promise<string> {
  const { getFileNameLowLevel } = await import('yauzl');
  return getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, true);
}

function entryType(entry: Entry, path: string): EntryType {
  if (((entry.externalFileAttributes >>> 16) & TYPE_BITS) === LINK_BITS) return 'link';
  return /[/\\]$/.test(path) ? 'directory' : 'file';
}
