import { readFile } from 'node:fs/promises';
import { toSourceError } from './source-error.js';

/** The bytes of a file, by its path; null where there is none. Throws SourceError. */
export async function readIfThere(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw toSourceError(path, error);
  }
}
