import { buffer } from 'node:stream/consumers';
import { pack } from 'tar-stream';

export interface TarEntry {
  name: string;
  type?: 'file' | 'link' | 'symlink' | 'directory' | 'fifo';
  body?: string | Buffer;
  linkname?: string;
}

/** A tar archive of the entries, in their order; their names are written as they are, however hostile. */
export async function makeTar(entries: readonly TarEntry[]): Promise<Buffer> {
  const archive = pack();
  const all = buffer(archive as unknown as AsyncIterable<Buffer>);
  for (const { name, type = 'file', body = '', linkname = '' } of entries) {
    archive.entry({ name, type, linkname, mtime: new Date(0) }, body);
  }
  archive.finalize();
  return all;
}
