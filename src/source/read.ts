import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { ByteSink } from './byte-sink.js';
import { type ByteSource, fileSource, memorySource } from './byte-source.js';
import { filesBelow } from './directory.js';
import type { SourceDocument } from './document.js';
import { headsAhead } from './heads-ahead.js';
import { DEFAULT_LIMITS, type Limits } from './limits.js';
import { nameSources } from './names.js';
import { openSource } from './open.js';
import { passedOver, type Reading, type SourceListing } from './reading.js';
import { SourceError, toSourceError } from './source-error.js';

export interface ReadOptions {
  /** Standard input, read only when `-` is among the paths. */
  readonly stdin: () => AsyncIterable<Buffer>;
  /** Limits that differ from DEFAULT_LIMITS. */
  readonly limits?: Partial<Limits>;
  /** Called with the name of each file or entry before it is looked at. */
  readonly onProgress?: (name: string) => void;
  /** Called with each document that is found and its first bytes, which nobody need read once more. */
  readonly onDocument?: (document: SourceDocument, head: Buffer) => void;
}

/**
 * Lists the documents in files, directories, archives and standard input (`-`), without reading more of them than their
 * first bytes; what is packed is told by content, never by name. A path given twice is read once.
 * Throws SourceError for the first path that gives nothing; what else could not be read is among the listing's problems.
 */
export async function readSources(paths: readonly string[], options: ReadOptions): Promise<SourceListing> {
  const listing: SourceListing = { documents: [], skipped: [], problems: [] };
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const { onProgress = () => {}, onDocument = () => {} } = options;
  const reading: Reading = { limits, listing, onProgress, onDocument };
  const sources = new Sources(reading);
  const names = nameSources(paths);
  for (const [index, path] of paths.entries()) {
    const name = names[index] ?? path;
    try {
      if (path === '-') await sources.stream(name, '-', options.stdin);
      else await sources.path(name, path);
    } catch (error) {
      throw toSourceError(name === '' ? path : name, error);
    }
  }
  return listing;
}

/** The paths given, each read once. */
class Sources {
  private readonly seen = new Set<string>();

  constructor(private readonly reading: Reading) {}

  async path(name: string, path: string): Promise<void> {
    const kind = await stat(path);
    if (kind.isDirectory()) return this.directory(name, path);
    if (!kind.isFile()) return this.stream(name, path, () => createReadStream(path));
    if (this.isNew(await realpath(path)))
      await openSource(fileSource(name, path, this.reading.limits), true, this.reading);
  }

  /** Standard input, or a pipe such as a shell's `<(command)`: read once into memory. */
  async stream(name: string, path: string, open: () => AsyncIterable<Buffer>): Promise<void> {
    if (!this.isNew(path)) return;
    this.reading.onProgress(name);
    const sink = new ByteSink(name, this.reading.limits);
    for await (const chunk of open()) sink.push(chunk);
    await openSource(memorySource(name, sink.bytes()), true, this.reading);
  }

  private async directory(name: string, path: string): Promise<void> {
    const { documents, problems } = this.reading.listing;
    const before = { documents: documents.length, problems: problems.length };
    const files = await filesBelow(path, name, this.reading);
    const fresh = files.filter(file => this.isNew(file.path));
    for (const source of headsAhead(fresh.map(file => fileSource(file.name, file.path, this.reading.limits))))
      await this.foundFile(source);
    if (documents.length > before.documents || fresh.length < files.length) return;
    throw problems[before.problems] ?? this.empty(name, path, files.length);
  }

  private empty(name: string, path: string, files: number): SourceError {
    const others = passedOver(this.reading.listing, name === '' ? '' : `${name}/`);
    const short =
      files === 0 ? 'the directory holds no files' : `none of its ${files} files can be configuration${others}`;
    const hint = 'Give a folder with config dumps, a bug report, a must-gather or a snapshot.';
    return new SourceError('empty-directory', name === '' ? path : name, short, hint);
  }

  private async foundFile(source: ByteSource): Promise<void> {
    try {
      await openSource(source, false, this.reading);
    } catch (error) {
      this.reading.listing.problems.push(toSourceError(source.name, error));
    }
  }

  private isNew(path: string): boolean {
    if (this.seen.has(path)) return false;
    this.seen.add(path);
    return true;
  }
}
