import { existsSync } from 'node:fs';
import { mkdir, readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { HEAD_BYTES } from '../../src/source/document.js';
import { contents, failure, read, temporaryFolder, writeTree } from './support/folder.js';
import { makeTar } from './support/tar.js';

const folder = await temporaryFolder();
const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d]);
const tar = await makeTar([{ name: 'in.json', body: '[5]' }]);

async function* oneChunk(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}

/** A fresh folder with these files. */
async function tree(files: Record<string, string | Buffer>): Promise<string> {
  const root = join(folder, `tree-${(await readdir(folder)).length}`, 'root');
  await mkdir(root, { recursive: true });
  await writeTree(root, files);
  return root;
}

describe('sources', () => {
  it('reads a file, a gzip file and standard input, each as one document', async () => {
    const root = await tree({ 'a.json': '[1]', 'b.txt': gzipSync('[2]') });
    const listing = await read([join(root, 'a.json'), '-', join(root, 'b.txt')], { stdin: () => oneChunk('[3]') });
    expect(await contents(listing)).toEqual({ 'a.json': '[1]', '-': '[3]', 'b.txt': '[2]' });
    expect(listing.documents.map(document => document.folder)).toEqual(['', '', '']);
  });

  it('reads a gzip stream on standard input', async () => {
    const stdin = async function* () {
      yield* [gzipSync('[1, 2]').subarray(0, 5), gzipSync('[1, 2]').subarray(5)];
    };
    expect(await contents(await read(['-'], { stdin }))).toEqual({ '-': '[1, 2]' });
  });

  it('reads a directory tree in order, with the archives in it, and says what it passed over', async () => {
    const root = await tree({
      'b/config_dump.json': '[1]',
      'b/clusters.json.gz': gzipSync('[2]'),
      'B.json': '[3]',
      'a.json': '[4]',
      'more.tgz': gzipSync(tar),
      'picture.json': png,
      'empty.json': '',
      '.hidden.json': '[]',
      '.git/config': '[]',
      'node_modules/x/package.json': '{}',
    });
    const listing = await read([root]);
    expect(Object.entries(await contents(listing))).toEqual([
      ['root/B.json', '[3]'],
      ['root/a.json', '[4]'],
      ['root/b/clusters.json.gz', '[2]'],
      ['root/b/config_dump.json', '[1]'],
      ['root/more.tgz!/in.json', '[5]'],
    ]);
    expect(listing.skipped).toEqual([
      { name: 'root/empty.json', why: 'empty' },
      { name: 'root/picture.json', why: 'not text' },
    ]);
    expect(listing.problems).toEqual([]);
  });

  it('follows a link that stays in the directory, and no other', async () => {
    const root = await tree({ 'z/real.json': '[1]', '.data/hidden.json': '[2]', '../outside.json': '[3]' });
    await symlink('z', join(root, 'a-folder'));
    await symlink('z/real.json', join(root, 'a-file.json'));
    await symlink('.data/hidden.json', join(root, 'config.json'));
    await symlink('../outside.json', join(root, 'outside.json'));
    await symlink('..', join(root, 'up'));
    await symlink('.', join(root, 'z', 'round'));
    await symlink('nowhere', join(root, 'dead.json'));
    const listing = await read([root]);
    expect(await contents(listing)).toEqual({ 'root/config.json': '[2]', 'root/z/real.json': '[1]' });
    expect(listing.skipped.map(({ name }) => name)).toEqual(['root/outside.json', 'root/up']);
    expect(listing.problems).toMatchObject([{ kind: 'missing', path: 'root/dead.json' }]);
  });

  it('reads what is given twice, or by two ways, once', async () => {
    const root = await tree({ 'a.json': '[1]', 'b.json': '[2]' });
    const listing = await read([join(root, 'b.json'), root, root, join(root, 'a.json')]);
    expect(listing.documents.map(document => document.name)).toEqual(['b.json', 'root/a.json']);
  });

  it('tells what the user named from what it found', async () => {
    const root = await tree({ 'a.json': '[1]', 'x/b.json': '[2]', 'c.tgz': gzipSync(tar) });
    const { documents } = await read([join(root, 'a.json'), join(root, 'x'), join(root, 'c.tgz')]);
    expect(documents.map(({ name, isNamed }) => [name, isNamed])).toEqual([
      ['a.json', true],
      ['x/b.json', false],
      ['c.tgz!/in.json', false],
    ]);
  });

  it('goes on without a file in a directory that cannot be read', async () => {
    const cut = gzipSync(tar);
    const root = await tree({ 'a.json': '[1]', 'b.tgz': cut.subarray(0, 9), 'c.json': '[2]' });
    const listing = await read([root]);
    expect(Object.keys(await contents(listing))).toEqual(['root/a.json', 'root/c.json']);
    expect(listing.problems).toMatchObject([{ kind: 'gzip-cut', path: 'root/b.tgz' }]);
  });

  it('gives the first bytes of a file without reading it', async () => {
    const text = '[1]'.padEnd(HEAD_BYTES * 3);
    const root = await tree({ 'a.json': text, 'b.gz': gzipSync(text) });
    for (const document of (await read([root])).documents)
      expect((await document.head()).toString()).toBe(text.slice(0, HEAD_BYTES));
  });

  it('leaves it to the decoder to say what is wrong with a file that the user named', async () => {
    const root = await tree({ 'picture.png': png, 'empty.json': '' });
    const listing = await read([join(root, 'picture.png'), join(root, 'empty.json')]);
    expect(listing.documents.map(document => document.name)).toEqual(['picture.png', 'empty.json']);
  });

  it.each([
    ['a missing file', {}, 'a.json', 'missing', 'there is no such file'],
    ['a file as a folder', { 'a.json': '1' }, 'a.json/b', 'missing', 'not a directory'],
    ['an empty directory', { 'x/.keep': '' }, 'x', 'empty-directory', 'holds no files'],
    ['a directory of pictures', { 'x/a.png': png, 'x/b.png': png }, 'x', 'empty-directory', 'none of its 2 files'],
    [
      'a directory of many',
      { 'x/a': '', 'x/b.png': png, 'x/c': '', 'x/d': '' },
      'x',
      'empty-directory',
      '(a: empty; b.png: not text; and 2 more)',
    ],
    ['a directory of one broken archive', { 'x/a.gz': gzipSync(tar).subarray(0, 8) }, 'x', 'gzip-cut', 'cut off'],
    ['a gzip file that is cut at once', { 'a.gz': gzipSync('[1]').subarray(0, 9) }, 'a.gz', 'gzip-cut', 'cut off'],
    ['xz', { 'a.xz': Buffer.from('fd377a585a0000', 'hex') }, 'a.xz', 'not-readable-form', 'xz is not read'],
    ['zip in gzip', { 'a.gz': gzipSync('PK\x03\x04') }, 'a.gz', 'not-readable-form', 'zip is not read'],
  ] satisfies [string, Record<string, string | Buffer>, string, string, string][])(
    'refuses %s',
    async (_what, files, path, kind, words) => {
      const root = await tree(files);
      const error = await failure(read([join(root, path)]));
      expect(error.kind).toBe(kind);
      expect(error.message).toContain(words);
      expect(error.message).not.toContain(folder);
    },
  );

  it.each([
    ['too-many', { entries: 2 }, '--max-entries'],
    ['too-large', { fileBytes: 2 }, '--max-file-bytes'],
  ])('refuses a directory over a limit as %s', async (kind, limits, option) => {
    const root = await tree({ 'a/b.json': '[1]', 'c.json': '[2]' });
    const error = await failure(read([root], { limits }));
    expect(error.kind).toBe(kind);
    expect(error.hint).toContain(option);
  });

  it('refuses standard input over a limit', async () => {
    const error = await failure(read(['-'], { stdin: () => oneChunk('[1, 2, 3]'), limits: { fileBytes: 4 } }));
    expect(error).toMatchObject({ kind: 'too-large', path: '-' });
  });

  it('tells what it looks at', async () => {
    const root = await tree({ 'a.json': '[1]', 'b.tgz': gzipSync(tar) });
    const seen: string[] = [];
    await read([root], { onProgress: name => seen.push(name) });
    expect(seen).toEqual(['root/a.json', 'root/b.tgz', 'root/b.tgz!/in.json']);
  });

  it('names a path below the current folder as it was given', async () => {
    const { documents } = await read(['test/source/support/../read.test.ts', './package.json']);
    expect(documents.map(({ name, folder }) => [name, folder])).toEqual([
      ['test/source/read.test.ts', 'test/source'],
      ['package.json', ''],
    ]);
  });

  it.skipIf(!existsSync('/usr/bin/mkfifo'))(
    'reads a pipe, as a shell makes it of <(command) (needs mkfifo)',
    async () => {
      const root = await tree({ 'a.json': '[1]' });
      const pipe = join(root, 'pipe');
      await execa('/usr/bin/mkfifo', [pipe]);
      const writer = execa('cp', [join(root, 'a.json'), pipe]);
      expect(await contents(await read([pipe]))).toEqual({ pipe: '[1]' });
      await writer;
      const listing = await read([root]);
      expect(listing.skipped).toEqual([{ name: 'root/pipe', why: 'not a regular file' }]);
    },
  );
});

const shared = new URL('../../../shared/', import.meta.url).pathname;

describe.skipIf(!existsSync(shared))('the shared data (skipped when ../shared is not there)', () => {
  it.each(['istio-1.1', 'istio-1.30', 'broken', 'dumps'])('%s is listed without a problem', async part => {
    const listing = await read([join(shared, part)]);
    expect(listing.documents.length).toBeGreaterThan(20);
    expect(listing.problems).toEqual([]);
  });
});
