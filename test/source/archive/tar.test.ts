import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readTar as listTar } from '../../../src/source/archive/tar.js';
import { memorySource } from '../../../src/source/byte-source.js';
import { HEAD_BYTES } from '../../../src/source/document.js';
import { gunzipped } from '../../../src/source/gunzip.js';
import { DEFAULT_LIMITS, type Limits } from '../../../src/source/limits.js';
import { contents, failure, read, temporaryFolder, writeTree } from '../support/folder.js';
import { makeTar, type TarEntry } from '../support/tar.js';

const folder = await temporaryFolder();
const good: TarEntry = { name: 'good.json', body: '{"configs": []}' };
const noise = Buffer.from(
  Array.from({ length: 60_000 }, (_, index) => `${(index * 2654435761) % 4294967296}`).join(','),
);

async function readTar(entries: readonly TarEntry[], limits: Partial<Limits> = {}, packed = true) {
  const tar = await makeTar(entries);
  await writeTree(folder, { 'x.tar': packed ? gzipSync(tar) : tar });
  return read([join(folder, 'x.tar')], { limits });
}

describe.each([
  ['packed', true],
  ['plain', false],
])('a %s tar', (_form, packed) => {
  it.each([
    ['../evil.json', 'leaves the archive by ".."'],
    ['a/../../evil.json', 'leaves the archive by ".."'],
    ['..\\evil.json', 'leaves the archive by ".."'],
    ['/evil.json', 'has an absolute path'],
    ['C:\\evil.json', 'has a drive letter'],
  ])('with the entry %j is refused', async (name, why) => {
    const error = await failure(readTar([good, { name, body: '{}' }], {}, packed));
    expect(error).toMatchObject({ kind: 'unsafe-path', path: 'x.tar' });
    expect(error.short).toContain(why);
  });

  it('has links and other files that are none left out, and says so', async () => {
    const listing = await readTar(
      [
        good,
        { name: 'hard.json', type: 'link', linkname: '/etc/passwd' },
        { name: 'soft.json', type: 'symlink', linkname: '../../etc/passwd' },
        { name: 'pipe', type: 'fifo' },
        { name: 'folder', type: 'directory' },
        { name: 'picture.json', body: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1]) },
        { name: 'inner.tar.gz', body: gzipSync(await makeTar([good])) },
        { name: '._good.json', body: 'AppleDouble' },
      ],
      {},
      packed,
    );
    expect(await contents(listing)).toEqual({ 'x.tar!/good.json': '{"configs": []}' });
    expect(listing.skipped).toEqual([
      { name: 'x.tar!/hard.json', why: 'a link in an archive is not followed' },
      { name: 'x.tar!/soft.json', why: 'a link in an archive is not followed' },
      { name: 'x.tar!/pipe', why: 'not a file' },
      { name: 'x.tar!/picture.json', why: 'not text' },
      { name: 'x.tar!/inner.tar.gz', why: 'tar inside another file is not opened' },
    ]);
  });

  it('gives the last of two entries of one name, as tar does', async () => {
    const listing = await readTar([good, { name: './good.json', body: '[2]' }], {}, packed);
    expect(await contents(listing)).toEqual({ 'x.tar!/good.json': '[2]' });
  });

  it('gives the first bytes of a large entry without the rest', async () => {
    const { documents } = await readTar([{ name: 'a.json', body: noise }], {}, packed);
    expect((await documents[0]?.head())?.equals(noise.subarray(0, HEAD_BYTES))).toBe(true);
    expect((await documents[0]?.load())?.bytes.equals(noise)).toBe(true);
  });

  it.each([
    ['too-many', { entries: 1 }, '--max-entries'],
    ['too-large', { totalBytes: 5000 }, '--max-total-bytes'],
  ])('over a limit is refused as %s', async (kind, limits, option) => {
    const error = await failure(readTar([good, { name: 'b.json', body: noise }], limits, packed));
    expect(error.kind).toBe(kind);
    expect(error.message).toContain(option);
  });

  it('does without one entry that is too large, and says so', async () => {
    const listing = await readTar([good, { name: 'b.json', body: noise }], { fileBytes: 1000 }, packed);
    expect(Object.keys(await contents(listing))).toEqual(['x.tar!/good.json']);
    expect(listing.problems).toMatchObject([{ kind: 'too-large', path: 'x.tar!/b.json' }]);
  });

  it('in which all entries are too large is refused', async () => {
    const error = await failure(readTar([{ name: 'b.json', body: noise }], { fileBytes: 1000 }, packed));
    expect(error).toMatchObject({ kind: 'too-large', path: 'x.tar!/b.json' });
  });

  it.each([
    ['nothing', []],
    ['links alone', [{ name: 'a', type: 'symlink', linkname: 'b' }]],
  ] satisfies [string, TarEntry[]][])('with %s has nothing to read', async (_what, entries) => {
    const tar = await makeTar([...entries, { name: 'folder', type: 'directory' }]);
    await writeTree(folder, { 'x.tar': packed ? gzipSync(tar) : tar });
    expect(await failure(read([join(folder, 'x.tar')]))).toMatchObject({ kind: 'empty-archive', path: 'x.tar' });
  });

  it('with an archive in it alone says which, and what to do', async () => {
    const inner = gzipSync(await makeTar([good]));
    const error = await failure(readTar([{ name: 'case/inner.tar.gz', body: inner }], {}, packed));
    expect(error).toMatchObject({
      kind: 'empty-archive',
      short: 'no file in the archive can be configuration (case/inner.tar.gz: tar inside another file is not opened)',
      hint: 'Unpack it and give what it holds: a bug report, a must-gather or a snapshot with config dumps.',
    });
  });

  it('that is cut gives what came before, and what there is of the entry that is cut', async () => {
    const tar = await makeTar([good, { name: 'b.json', body: noise }, { name: 'c.json', body: '{}' }]);
    const bytes = packed ? gzipSync(tar) : tar;
    await writeTree(folder, { 'cut.tar': bytes.subarray(0, bytes.length / 2) });
    const listing = await read([join(folder, 'cut.tar')]);
    expect(listing.documents.map(document => document.name)).toEqual(['cut.tar!/b.json', 'cut.tar!/good.json']);
    expect(listing.problems).toMatchObject([
      { kind: 'archive-cut', short: 'the archive is cut off in or after its entry 2' },
    ]);
    const cut = await listing.documents[0]?.load();
    expect(cut?.incomplete).toContain('cut off');
    expect(cut?.bytes.length).toBeGreaterThan(100_000);
    expect(cut?.bytes.equals(noise.subarray(0, cut.bytes.length))).toBe(true);
    expect(await listing.documents[1]?.load()).toEqual({ bytes: Buffer.from('{"configs": []}') });
  });

  it('with a damaged header gives what came before', async () => {
    const tar = await makeTar([good, { name: 'b.json', body: '{}' }]);
    tar.write('xxxxxxxx', 1024);
    await writeTree(folder, { 'damaged.tar': packed ? gzipSync(tar) : tar });
    const listing = await read([join(folder, 'damaged.tar')]);
    expect(Object.keys(await contents(listing))).toEqual(['damaged.tar!/good.json']);
    expect(listing.problems).toMatchObject([{ kind: 'archive-damaged' }]);
  });
});

describe('a packed tar', () => {
  it('that is a bomb is refused, though nobody would read its entry', async () => {
    const tar = await makeTar([good, { name: 'bomb.bin', body: Buffer.alloc(80 * 1024 * 1024) }]);
    await writeTree(folder, { 'bomb.tgz': gzipSync(tar) });
    const error = await failure(read([join(folder, 'bomb.tgz')], { limits: { ratio: 900 } }));
    expect(error).toMatchObject({ kind: 'ratio', path: 'bomb.tgz' });
    expect(error.hint).toContain('--max-ratio');
  });

  it('gives an entry again and again, and unpacks it again where it was too much to keep', async () => {
    const tar = await makeTar([
      { name: 'a.json', body: noise },
      { ...good, name: 'b.json' },
      { name: 'c.json', body: Buffer.from(noise).reverse() },
      { ...good, name: 'd.json.gz', body: gzipSync('[1]') },
    ]);
    const source = gunzipped(memorySource('x.tgz', gzipSync(tar)), DEFAULT_LIMITS);
    const listings = [noise.length + 10, 0].map(async keepBytes => {
      const listing = { documents: [], skipped: [], problems: [] };
      await listTar(source, { limits: DEFAULT_LIMITS, listing, onProgress: () => {}, onDocument: () => {} }, keepBytes);
      return [await contents(listing), await contents(listing)];
    });
    const expected = {
      'x.tgz!/a.json': noise.toString(),
      'x.tgz!/b.json': good.body,
      'x.tgz!/c.json': Buffer.from(noise).reverse().toString(),
      'x.tgz!/d.json.gz': '[1]',
    };
    for (const all of await Promise.all(listings)) expect(all).toEqual([expected, expected]);
  });
});
