import type { ZipFile } from 'yauzl';
import { SourceError } from '../source-error.js';

/** Opens a zip archive, a file by its path or bytes in memory; its names are left for `entryPath` to judge. Throws SourceError. */
export async function openZip(name: string, origin: string | Buffer): Promise<ZipFile> {
  const { fromBufferPromise, openPromise } = await import('yauzl');
  const options = { lazyEntries: true, autoClose: false, decodeStrings: false };
  try {
    return await (typeof origin === 'string' ? openPromise(origin, options) : fromBufferPromise(origin, options));
  } catch (error) {
    throw zipError(name, error);
  }
}

/** What yauzl says as a SourceError; a SourceError stays as it is. */
export function zipError(name: string, error: unknown): SourceError {
  if (error instanceof SourceError) return error;
  const words = error instanceof Error ? error.message : String(error);
  if (/encrypt/.test(words)) {
    const hint = 'Unpack it with its password and give the folder.';
    return new SourceError('encrypted', name, 'the archive is protected by a password', hint, { cause: error });
  }
  const isCut = /^End of central directory|EOF|overflows file bounds/.test(words);
  const short = isCut ? 'the zip archive is cut off' : `the zip archive is damaged (${words})`;
  return new SourceError(isCut ? 'archive-cut' : 'archive-damaged', name, short, 'Copy or download it again.', {
    cause: error,
  });
}
