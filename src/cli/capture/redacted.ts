import { redact } from '../../model/redact/redact.js';
import { redactDocument } from '../../model/redact/redact-document.js';
import { gzipped } from '../../source/gzip.js';
import type { RawFile } from './fetched-proxy.js';
import type { CapturedFile } from './folder.js';

/**
 * A file as it goes to disk: without its secrets where `redacted` holds, packed where `gzip` does.
 * Throws ScanError or SyntaxError for JSON that is not whole.
 */
export async function redactedFile(
  file: RawFile,
  settings: { redacted: boolean; gzip: boolean },
): Promise<CapturedFile> {
  const { bytes, removed } = settings.redacted ? withoutSecrets(file) : { bytes: file.bytes, removed: [] };
  return packedFile({ ...file, bytes, removed }, settings.gzip);
}

/** The same file, packed where `gzip` holds. */
export async function packedFile(file: CapturedFile, gzip: boolean): Promise<CapturedFile> {
  return gzip ? { ...file, name: `${file.name}.gz`, bytes: await gzipped(file.bytes) } : file;
}

function withoutSecrets({ name, bytes }: RawFile): Pick<CapturedFile, 'bytes' | 'removed'> {
  if (name.endsWith('.json')) return redactDocument(bytes);
  const { value, removed } = redact(bytes.toString('utf8'));
  return { bytes: Buffer.from(String(value)), removed };
}
