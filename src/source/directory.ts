import { readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { checkEntries } from './limits.js';
import { isPassedOverByName, nameBelow } from './names.js';
import type { Reading } from './reading.js';
import { toSourceError } from './source-error.js';

/** A file in a directory tree. */
export interface FoundFile {
  /** Its real path, without links. */
  readonly path: string;
  readonly name: string;
}

/**
 * The regular files below a directory, sorted by name, each once. Hidden files and node_modules are left out; a link is
 * followed where it stays in the directory, and noted where it does not. What cannot be listed is noted as a problem.
 * Throws SourceError when the directory cannot be read, or holds more entries than allowed.
 */
export async function filesBelow(path: string, name: string, reading: Reading): Promise<FoundFile[]> {
  const root = await realpath(path);
  const walk = new Walk(root, name, reading);
  await walk.directory(root, name);
  await walk.links();
  return walk.files.sort((a, b) => (a.name < b.name ? -1 : 1));
}

class Walk {
  readonly files: FoundFile[] = [];
  private readonly seen = new Set<string>();
  private readonly pending: FoundFile[] = [];
  private entries = 0;

  constructor(
    private readonly root: string,
    private readonly name: string,
    private readonly reading: Reading,
  ) {}

  async directory(path: string, name: string): Promise<void> {
    if (this.seen.has(path)) return;
    this.seen.add(path);
    for (const entry of await readdir(path, { withFileTypes: true })) {
      checkEntries(this.name, ++this.entries, this.reading.limits);
      if (isPassedOverByName(entry.name)) continue;
      const below = { path: join(path, entry.name), name: nameBelow(name, entry.name) };
      if (entry.isSymbolicLink()) this.pending.push(below);
      else await this.entry(below, entry);
    }
  }

  /** Links come after all else, so that a file has the name under which it stands, not that of a link to it. */
  async links(): Promise<void> {
    for (let link = this.pending.shift(); link !== undefined; link = this.pending.shift()) {
      await this.attempt(link, () => this.follow(link));
    }
  }

  private async follow(link: FoundFile): Promise<void> {
    const target = await realpath(link.path);
    if (target !== this.root && !target.startsWith(this.root.endsWith(sep) ? this.root : this.root + sep)) {
      this.reading.listing.skipped.push({ name: link.name, why: 'a link that leaves the directory is not followed' });
      return;
    }
    await this.entry({ path: target, name: link.name }, await stat(target));
  }

  private async entry(found: FoundFile, kind: { isDirectory(): boolean; isFile(): boolean }): Promise<void> {
    if (kind.isDirectory()) await this.attempt(found, () => this.directory(found.path, found.name));
    else if (kind.isFile()) this.file(found);
    else this.reading.listing.skipped.push({ name: found.name, why: 'not a regular file' });
  }

  private file(found: FoundFile): void {
    if (this.seen.has(found.path)) return;
    this.seen.add(found.path);
    this.files.push(found);
  }

  private async attempt(found: FoundFile, read: () => Promise<void>): Promise<void> {
    try {
      await read();
    } catch (error) {
      const problem = toSourceError(found.name, error);
      if (problem.kind === 'too-many') throw problem;
      this.reading.listing.problems.push(problem);
    }
  }
}
