import { createHash, randomUUID } from 'node:crypto';
import { link, lstat, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { SourceError, toSourceError } from './source-error.js';

/** Ends the name of a file that is being written. */
const PART = '.part';

export interface WriteOptions {
  /** Replaces a file that is there already. */
  readonly force?: boolean;
  /** Stops writing; nothing is left behind. */
  readonly signal?: AbortSignal;
  /** Nobody but the user may read the file, nor list folders that are made for it. */
  readonly isPrivate?: boolean;
}

/** Who may read files and folders; the user's umask takes away more. */
const MODES = { open: { file: 0o666, folder: 0o777 }, private: { file: 0o600, folder: 0o700 } } as const;

/**
 * Writes a file as a whole or not at all, making the folders above it: readers never see half of it, and a stop half-way
 * leaves no file of that name. Throws SourceError (`exists`) when there is one and `force` does not hold, else what the file
 * system says; an AbortError when the signal stops it.
 */
export async function writeNewFile(path: string, bytes: Buffer, options: WriteOptions = {}): Promise<void> {
  options.signal?.throwIfAborted();
  const mode = MODES[options.isPrivate === true ? 'private' : 'open'];
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}${PART}`);
  try {
    await mkdir(dirname(path), { recursive: true, mode: mode.folder });
    await writeAll(temporary, bytes, mode.file, options.signal);
    await (options.force === true ? rename(temporary, path) : renameToNew(temporary, path));
  } catch (error) {
    throw options.signal?.aborted === true ? error : toSourceError(path, error);
  } finally {
    // What went wrong before matters more than that nothing could be cleaned up after it.
    await rm(temporary, { force: true }).catch(() => {});
  }
}

/** Removes what a process that was killed left half-written in a folder, which may be missing. */
export async function removeHalfWritten(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const left = names.filter(name => name.startsWith('.') && /\.[0-9a-f-]{36}\.part$/.test(name));
  for (const name of left) await rm(join(folder, name), { force: true });
}

/** Removes a file. Throws SourceError. */
export async function removeFile(path: string): Promise<void> {
  await rm(path, { force: true }).catch(error => Promise.reject(toSourceError(path, error)));
}

/** SHA-256 of bytes, in lower-case hexadecimal. */
export function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function writeAll(path: string, bytes: Buffer, mode: number, signal: AbortSignal | undefined): Promise<void> {
  const file = await open(path, 'wx', mode);
  try {
    await file.writeFile(bytes, { signal });
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A hard link fails where the name is taken, which a rename does not; file systems without links get a look before the rename. */
async function renameToNew(temporary: string, path: string): Promise<void> {
  try {
    await link(temporary, path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const isTaken = code === 'EEXIST' || (await lstat(path).catch(() => undefined)) !== undefined;
    if (!isTaken) return rename(temporary, path);
    const hint = 'Choose another name, or overwrite it with --force.';
    throw new SourceError('exists', path, 'the file is there already', hint, { cause: error });
  }
}
