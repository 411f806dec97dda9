import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import { type ReadOptions, readSources } from '../../../src/source/read.js';
import type { SourceListing } from '../../../src/source/reading.js';
import { SourceError } from '../../../src/source/source-error.js';

/** A folder that goes away after the test file. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'mesh-trace-'));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes files below a folder, by their paths. */
export async function writeTree(folder: string, files: Record<string, string | Buffer>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
}

const noInput: ReadOptions['stdin'] = () => {
  throw new Error('standard input is not read');
};

export async function read(paths: string[], options: Partial<ReadOptions> = {}): Promise<SourceListing> {
  return readSources(paths, { stdin: noInput, ...options });
}

/** What a listing holds: names with contents, and what is said about the rest. */
export async function contents(listing: SourceListing): Promise<Record<string, string>> {
  const all: Record<string, string> = {};
  for (const document of listing.documents) all[document.name] = (await document.load()).bytes.toString();
  return all;
}

export async function failure(reading: Promise<unknown>): Promise<SourceError> {
  const error = await reading.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof SourceError) return error;
  throw new Error(`expected a SourceError, got ${String(error)}`);
}
