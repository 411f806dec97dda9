import { join } from 'node:path';
import { isManifest, type Manifest, parseManifest, type SnapshotSettings } from '../../decode/manifest.js';
import { readIfThere } from '../../source/read-file.js';
import { SourceError } from '../../source/source-error.js';

export const MANIFEST = 'manifest.json';

/** What to do about something that is there. */
export const OVERWRITE = 'Choose another folder with --dir, or overwrite it with --force.';

/** The manifest of the snapshot in a folder; null where there is none. Throws SourceError where the file is anything else. */
export async function readManifest(folder: string): Promise<Manifest | null> {
  const path = join(folder, MANIFEST);
  const text = (await readIfThere(path))?.toString('utf8') ?? null;
  const manifest = text !== null && isManifest(text) ? parseManifest(text) : null;
  if (text === null || manifest !== null) return manifest;
  throw new SourceError(
    'exists',
    path,
    'it is no manifest that can be gone on with',
    'Choose another folder with --dir.',
  );
}

/** The error where a snapshot was captured with other settings: a mixture would be of no use, or hold what should be gone. */
export function otherSettings(folder: string, there: SnapshotSettings, wanted: SnapshotSettings): SourceError {
  const isOutdated = there.pseudonymsOf !== null && wanted.pseudonymsOf !== null;
  const short = isOutdated
    ? 'the snapshot there was made of an earlier state of the private folder'
    : `the snapshot there was captured otherwise: ${differences(there, wanted).join(', ')}`;
  return new SourceError('exists', folder, short, OVERWRITE);
}

/** How a snapshot was captured, where that is not as it is wanted. */
function differences(there: SnapshotSettings, wanted: SnapshotSettings): string[] {
  const words: [keyof SnapshotSettings, string][] = [
    ['redacted', there.redacted ? 'redacted' : 'with --no-redact'],
    ['istiod', there.istiod ? 'with --istiod' : 'without --istiod'],
    ['gzip', there.gzip ? 'with --gzip' : 'without --gzip'],
    ['pseudonymsOf', there.pseudonymsOf === null ? 'without --pseudonymise' : 'with --pseudonymise'],
  ];
  return words.flatMap(([key, text]) => (there[key] === wanted[key] ? [] : [text]));
}
