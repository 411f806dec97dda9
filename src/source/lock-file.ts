import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { readIfThere } from './read-file.js';
import { SourceError, toSourceError } from './source-error.js';
import { writeNewFile } from './write.js';

/** A lock that is held, to be released; or what the lock of another says. */
export type LockTry =
  | { readonly isHeld: true; readonly release: () => Promise<void> }
  | { readonly isHeld: false; readonly other: string };

/** How often a lock that goes away, or is taken over, while it is looked at is tried again. */
const TRIES = 5;

/**
 * Makes a file that only one process can make, and the folders above it; those that stay empty go again with the lock.
 * What `isLeftOver` says of the content of a file that is there decides whether it is taken over. Throws SourceError.
 */
export async function tryLock(
  path: string,
  content: string,
  isLeftOver: (content: string) => boolean,
): Promise<LockTry> {
  const folder = resolve(dirname(path));
  const made = await mkdir(folder, { recursive: true }).catch(error =>
    Promise.reject(toSourceError(dirname(path), error)),
  );
  const release = async () => {
    await rm(path, { force: true });
    if (made !== undefined) await removeEmpty(folder, resolve(made));
  };
  let other = '';
  for (let tries = 0; tries < TRIES; tries++) {
    if (await isMade(path, content)) return { isHeld: true, release };
    const there = (await readIfThere(path))?.toString('utf8') ?? null;
    if (there !== null && !isLeftOver(there)) return { isHeld: false, other: there };
    if (there !== null) await moveAway(path, there);
    other = there ?? other;
  }
  return { isHeld: false, other };
}

async function isMade(path: string, content: string): Promise<boolean> {
  try {
    await writeNewFile(path, Buffer.from(content));
    return true;
  } catch (error) {
    if (error instanceof SourceError && error.kind === 'exists') return false;
    throw error;
  }
}

/** Another process may have taken over the same file and made its own since it was read: that one is put back. */
async function moveAway(path: string, expected: string): Promise<void> {
  const aside = `${path}.${randomUUID()}.part`;
  try {
    await rename(path, aside);
  } catch {
    return;
  }
  const moved = (await readIfThere(aside))?.toString('utf8');
  if (moved === expected) await rm(aside, { force: true });
  else await rename(aside, path);
}

/** Removes a folder and those above it, up to the last one named, as long as they are empty. */
async function removeEmpty(folder: string, last: string): Promise<void> {
  for (let path = folder; ; path = dirname(path)) {
    const isRemoved = await rmdir(path).then(
      () => true,
      () => false,
    );
    if (!isRemoved || path === last) return;
  }
}
