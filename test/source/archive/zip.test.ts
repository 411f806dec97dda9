import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Limits } from '../../../src/source/limits.js';
import { contents, failure, read, temporaryFolder, writeTree } from '../support/folder.js';
import { makeZip, type ZipEntry } from '../support/zip.js';

const folder = await temporaryFolder();
const good: ZipEntry = { name: 'good.json', body: '{"configs": []}' };
const zeros = Buffer.alloc(70 * 1024 * 1024);

async function readBytes(bytes: Buffer, limits: Partial<Limits> = {}) {
  await writeTree(folder, { 'x.zip': bytes });
  return read([join(folder, 'x.zip')], { limits });
}

function readZip(entries: readonly ZipEntry[], limits: Partial<Limits> = {}) {
  return readBytes(makeZip(entries), limits);
}

describe('a zip archive', () => {
  it.each([
    ['../evil.json', 'leaves the archive by ".."'],
    ['..\\evil.json', 'leaves the archive by ".."'],
    ['/evil.json', 'has an absolute path'],
    ['C:/evil.json', 'has a drive letter'],
  ])('with the entry %j is refused', async (name, why) => {
    const error = await failure(readZip([good, { name, body: '{}' }]));
    expect(error).toMatchObject({ kind: 'unsafe-path', path: 'x.zip' });
    expect(error.short).toContain(why);
  });

  it('of an old Windows tool has its layout all the same', async () => {
    const { documents } = await readZip([{ name: 'proxies\\default\\a\\config_dump', body: '{}' }]);
    expect(documents).toMatchObject([{ name: 'x.zip!/proxies/default/a/config_dump', proxyHint: 'a.default' }]);
  });

  it('has links and folders left out', async () => {
    const listing = await readZip([good, { name: 'link', body: '/etc/passwd', isLink: true }, { name: 'folder/' }]);
    expect(await contents(listing)).toEqual({ 'x.zip!/good.json': '{"configs": []}' });
    expect(listing.skipped).toEqual([{ name: 'x.zip!/link', why: 'a link in an archive is not followed' }]);
  });

  it.each([
    ['encrypted', [good, { name: 'secret.json', body: '{}', encrypted: true }], {}, 'password'],
    ['too-many', [good, { ...good, name: 'b.json' }], { entries: 1 }, '--max-entries'],
    ['too-large', [good, { ...good, name: 'b.json' }], { totalBytes: 20 }, '--max-total-bytes'],
    ['too-large', [good], { fileBytes: 10 }, '--max-file-bytes'],
    ['ratio', [good, { name: 'bomb.bin', body: zeros }], { ratio: 900 }, '--max-ratio'],
    ['not-readable-form', [{ ...good, method: 99 }], {}, 'method'],
    ['empty-archive', [], {}, 'no file in the archive'],
  ] satisfies [string, ZipEntry[], Partial<Limits>, string][])(
    'is refused as %s',
    async (kind, entries, limits, words) => {
      const error = await failure(readZip(entries, limits));
      expect(error.kind).toBe(kind);
      expect(error.message).toContain(words);
    },
  );

  it.each([1, 21, 22, 60])('that lacks its last %i bytes is refused as cut', async missing => {
    const bytes = makeZip([good]);
    const error = await failure(readBytes(bytes.subarray(0, bytes.length - missing)));
    expect(error).toMatchObject({ kind: 'archive-cut', path: 'x.zip', short: 'the zip archive is cut off' });
  });

  it('with a damaged directory is refused', async () => {
    const bytes = makeZip([good]);
    bytes.write('xx', bytes.indexOf('PK\x01\x02'));
    expect((await failure(readBytes(bytes))).kind).toBe('archive-damaged');
  });

  it('whose entry is longer than it says is refused', async () => {
    const error = await failure(readZip([{ name: 'a.json', body: '{"configs": []}'.repeat(9000), declaredSize: 15 }]));
    expect(error.kind).toBe('archive-damaged');
  });

  it('with a wrong checksum gives the bytes, and says that they are damaged', async () => {
    const { documents } = await readZip([{ ...good, declaredCrc: 1 }]);
    const loaded = await documents[0]?.load();
    expect(loaded?.bytes.toString()).toBe(good.body);
    expect(loaded?.incomplete).toContain('its checksum differs');
  });

  it('without one entry in a method that is not read gives the others', async () => {
    const listing = await readZip([{ ...good, name: 'odd.json', method: 99 }, good]);
    expect(Object.keys(await contents(listing))).toEqual(['x.zip!/good.json']);
    expect(listing.problems).toMatchObject([{ kind: 'not-readable-form', path: 'x.zip!/odd.json' }]);
  });
});
