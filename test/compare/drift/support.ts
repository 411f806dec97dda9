import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decode } from '../../../src/decode/decode.js';
import type { DecodedDocument } from '../../../src/decode/document.js';
import { documentOf } from '../../../src/source/document.js';

/** The data beside the repository; tests that need it are left out where it is not there. */
export const SHARED = fileURLToPath(new URL('../../../../shared/', import.meta.url));
export const hasShared = existsSync(SHARED);

/** The documents in a file of the shared data. */
export async function sharedDocuments(path: string): Promise<DecodedDocument[]> {
  return decode(documentOf(path, await readFile(join(SHARED, path))));
}

/** Folders and files right below a folder of the shared data, sorted; none where it is not there. */
export async function sharedNames(path: string): Promise<string[]> {
  return hasShared ? (await readdir(join(SHARED, path))).sort() : [];
}
