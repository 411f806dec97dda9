import { SourceError } from '../source-error.js';

/**
 * An entry's name as a path below the archive: `/` between folders (old Windows tools write `\`), no `.` parts.
 * Throws SourceError (`unsafe-path`) for a name that would leave the folder it is unpacked in: the archive is not what it seems.
 */
export function entryPath(archive: string, name: string): string {
  const parts = name.replaceAll('\\', '/').split('/');
  const unsafe = unsafety(name, parts);
  if (unsafe !== undefined) {
    const short = `the entry ${JSON.stringify(name)} ${unsafe}`;
    throw new SourceError('unsafe-path', archive, short, 'Do not unpack it; ask for it where it came from.');
  }
  return parts.filter(part => part !== '' && part !== '.').join('/');
}

function unsafety(name: string, parts: readonly string[]): string | undefined {
  if (parts.includes('..')) return 'leaves the archive by ".."';
  if (parts[0] === '' && name !== '') return 'has an absolute path';
  if (/^[A-Za-z]:/.test(name)) return 'has a drive letter';
  return name.includes('\0') ? 'has a zero byte in its name' : undefined;
}
