/** What the first bytes of a file say that it is. `plain` is everything that carries no known mark. */
export type FileForm = 'gzip' | 'zip' | 'tar' | 'xz' | 'bzip2' | 'zstd' | '7z' | 'rar' | 'plain';

const MARKS: readonly { form: FileForm; at: number; bytes: Buffer }[] = [
  { form: 'gzip', at: 0, bytes: Buffer.from([0x1f, 0x8b, 0x08]) },
  { form: 'zip', at: 0, bytes: Buffer.from('PK\x03\x04') },
  { form: 'zip', at: 0, bytes: Buffer.from('PK\x05\x06') },
  { form: 'tar', at: 257, bytes: Buffer.from('ustar') },
  { form: 'xz', at: 0, bytes: Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]) },
  { form: 'bzip2', at: 0, bytes: Buffer.from('BZh') },
  { form: 'zstd', at: 0, bytes: Buffer.from([0x28, 0xb5, 0x2f, 0xfd]) },
  { form: '7z', at: 0, bytes: Buffer.from([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]) },
  { form: 'rar', at: 0, bytes: Buffer.from('Rar!\x1a\x07') },
];

/** Tells a file's form from its first 512 bytes by their marks, never by its name. */
export function formOf(head: Buffer): FileForm {
  const mark = MARKS.find(({ at, bytes }) => head.subarray(at, at + bytes.length).equals(bytes));
  return mark?.form ?? 'plain';
}
