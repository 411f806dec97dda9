import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sha256, writeNewFile } from '../../src/source/write.js';
import { failure, temporaryFolder } from './support/folder.js';

const folder = await temporaryFolder();

describe('writing a file', () => {
  it('makes the folders above it, and leaves nothing else', async () => {
    await writeNewFile(join(folder, 'a/b/c.json'), Buffer.from('{}'));
    expect(await readFile(join(folder, 'a/b/c.json'), 'utf8')).toBe('{}');
    expect(await readdir(join(folder, 'a/b'))).toEqual(['c.json']);
  });

  it('refuses to overwrite, keeps what is there, and leaves nothing else', async () => {
    const path = join(folder, 'd', 'x.json');
    await writeNewFile(path, Buffer.from('old'));
    const error = await failure(writeNewFile(path, Buffer.from('new')));
    expect(error).toMatchObject({ kind: 'exists', path });
    expect(error.hint).toContain('--force');
    expect(await readFile(path, 'utf8')).toBe('old');
    expect(await readdir(join(folder, 'd'))).toEqual(['x.json']);
  });

  it.skipIf(process.platform === 'win32')('lets nobody else read what is private', async () => {
    const path = join(folder, 'private', 'key.json');
    await writeNewFile(path, Buffer.from('secret'), { isPrivate: true });
    const modes = await Promise.all([path, join(folder, 'private')].map(async one => (await stat(one)).mode & 0o777));
    expect(modes).toEqual([0o600, 0o700]);
  });

  it('overwrites by force', async () => {
    const path = join(folder, 'e', 'x.json');
    await writeNewFile(path, Buffer.from('old'));
    await writeNewFile(path, Buffer.from('new'), { force: true });
    expect(await readFile(path, 'utf8')).toBe('new');
    expect(await readdir(join(folder, 'e'))).toEqual(['x.json']);
  });

  it.each([false, true])('leaves the old file or none, and no half, when it is stopped (force: %s)', async force => {
    const home = join(folder, `f-${force}`);
    await mkdir(home);
    if (force) await writeFile(join(home, 'x.bin'), 'old');
    const stop = new AbortController();
    const writing = writeNewFile(join(home, 'x.bin'), Buffer.alloc(64 * 1024 * 1024), { force, signal: stop.signal });
    setImmediate(() => stop.abort());
    await expect(writing).rejects.toMatchObject({ name: 'AbortError' });
    expect(await readdir(home)).toEqual(force ? ['x.bin'] : []);
    if (force) expect(await readFile(join(home, 'x.bin'), 'utf8')).toBe('old');
  });

  it('says why a file cannot be written', async () => {
    await writeFile(join(folder, 'file'), '');
    const error = await failure(writeNewFile(join(folder, 'file', 'x.json'), Buffer.from('')));
    expect(error.short).toBe('a file stands where a folder is needed');
  });

  it('gives the SHA-256 of bytes', () => {
    expect(sha256(Buffer.from('abc'))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});
