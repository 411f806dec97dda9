import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const packed = promisify(gzip);

/** Bytes as a gzip stream without name and time: the same bytes give the same stream. */
export function gzipped(bytes: Buffer): Promise<Buffer> {
  return packed(bytes);
}
