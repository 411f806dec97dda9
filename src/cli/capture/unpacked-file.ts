import { join } from 'node:path';
import type { ManifestFile } from '../../decode/manifest.js';
import { readSources } from '../../source/read.js';
import { SourceError } from '../../source/source-error.js';

/** The content of a file of a snapshot, unpacked. Throws SourceError. */
export async function unpackedFile(folder: string, { path }: ManifestFile): Promise<Buffer> {
  const { documents } = await readSources([join(folder, path)], { stdin: async function* () {} });
  const [document] = documents;
  if (document === undefined) throw new SourceError('missing', path, 'it holds nothing to read', 'Capture it again.');
  return (await document.load()).bytes;
}
