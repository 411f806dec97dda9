import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { contents, read, temporaryFolder, writeTree } from '../support/folder.js';
import { makeTar } from '../support/tar.js';
import { makeZip } from '../support/zip.js';

const bugReport = {
  'bug-report/istio/istio-system/istiod-1/debug/syncz': '[{"proxy": "a.default"}]',
  'bug-report/proxies/default/a/clusters': 'outbound|80||b::10.0.0.1:80::cx_active::0\n',
  'bug-report/proxies/default/a/config_dump?include_eds': '{"configs": []}',
  'bug-report/versions': 'CLI version: 1.30.3\n',
};
const mustGather = {
  'must-gather/namespaces/shop/pods/cart-1/config_dump_istiod.json': '{"configs": [1]}',
  'must-gather/namespaces/shop/pods/cart-1/config_dump_proxy.json': '{"configs": [2]}',
};
const snapshot = {
  'a.default/clusters.json': '{"cluster_statuses": []}',
  'a.default/config_dump.json.gz': gzipSync('{"configs": []}'),
  'manifest.json': '{"version": 1}',
};

type Tree = Record<string, string | Buffer>;
const entriesOf = (tree: Tree) => Object.entries(tree).map(([name, body]) => ({ name, body }));
const forms: Record<string, (tree: Tree) => Promise<Buffer> | Buffer> = {
  'archive.tar': tree => makeTar(entriesOf(tree)),
  'archive.tar.gz': async tree => gzipSync(await makeTar(entriesOf(tree))),
  'archive.zip': tree => makeZip(entriesOf(tree)),
  'stored.zip': tree => makeZip(entriesOf(tree).map(entry => ({ ...entry, method: 0 }))),
  'no-name-that-says-so': async tree => gzipSync(await makeTar(entriesOf(tree).toReversed())),
};

describe.each([
  ['istioctl bug-report', bugReport, ['a.default', 'a.default']],
  ['must-gather', mustGather, ['cart-1.shop', 'cart-1.shop']],
  ['snapshot', snapshot, []],
] satisfies [string, Tree, string[]][])('the layout of %s', (_layout, tree, hints) => {
  let folder = '';
  const names = Object.keys(tree);
  beforeAll(async () => {
    folder = await temporaryFolder();
    await writeTree(folder, Object.fromEntries(names.map(name => [`unpacked/${name}`, (tree as Tree)[name] ?? ''])));
    for (const [name, make] of Object.entries(forms)) await writeTree(folder, { [name]: await make(tree) });
  });

  it.each(Object.keys(forms))('is read from %s as it is from a folder', async form => {
    const unpacked = await read([join(folder, 'unpacked')]);
    const packed = await read([join(folder, form)]);
    expect(packed.documents.map(document => document.name)).toEqual(names.map(name => `${form}!/${name}`));
    expect(unpacked.documents.map(document => document.name)).toEqual(names.map(name => `unpacked/${name}`));
    expect(Object.values(await contents(packed))).toEqual(Object.values(await contents(unpacked)));
    expect(packed.documents.flatMap(document => document.proxyHint ?? [])).toEqual(hints);
    expect(unpacked.documents.flatMap(document => document.proxyHint ?? [])).toEqual(hints);
    expect([packed.skipped, packed.problems]).toEqual([[], []]);
  });

  it.each(Object.keys(forms))('is read from %s on standard input', async form => {
    const bytes = await forms[form]?.(tree);
    const stdin = async function* () {
      yield bytes ?? Buffer.alloc(0);
    };
    const listing = await read(['-'], { stdin });
    expect(listing.documents.map(document => document.name)).toEqual(names.map(name => `-!/${name}`));
    expect(await contents(listing)).not.toContain('');
  });

  it('gives the folder of each document', async () => {
    const { documents } = await read([join(folder, 'archive.zip')]);
    for (const { name, folder: part } of documents) expect(name.slice(0, name.lastIndexOf('/'))).toBe(part);
  });
});
