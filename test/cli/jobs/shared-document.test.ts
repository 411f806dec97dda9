import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decodeAll } from '../../../src/cli/decoded.js';
import { fromShared, type ReadDocument, readDocument, toRead } from '../../../src/cli/jobs/shared-document.js';
import type { NamedDocument } from '../../../src/cli/sources.js';
import type { DecodedDocument } from '../../../src/decode/document.js';
import { documentOf, type SourceDocument } from '../../../src/source/document.js';
import { readSources } from '../../../src/source/read.js';
import { documentText, workFolder } from '../../support/work-folder.js';

const root = workFolder();
const { signal } = new AbortController();
const silent = { write: () => {}, isTerminal: false, columns: 80 };
const io = { stdin: async function* () {}, stdout: silent, stderr: silent, env: {}, signal };

const dump = Buffer.from(documentText('bookinfo-1.30', 'productpage', 'config_dump'));
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

async function fileWith(name: string, bytes: Buffer | string): Promise<SourceDocument> {
  const path = join(root, name);
  writeFileSync(path, bytes);
  const [document] = (await readSources([path], { stdin: io.stdin })).documents;
  if (document === undefined) throw new Error(`${name} is no document`);
  return document;
}

/** What another thread gets of what one thread read: messages between threads are copied. */
async function throughThreads(named: NamedDocument): Promise<ReadDocument> {
  return structuredClone(await readDocument(structuredClone(await toRead(named))));
}

/** All that documents say, their entries read. */
function told(documents: readonly DecodedDocument[]) {
  return documents.map(({ lists, ...document }) => ({
    ...document,
    lists: lists.map(list => ({
      ...{ kind: list.kind, isStatic: list.isStatic, pointer: list.pointer, size: list.size },
      newestUpdate: list.newestUpdate(),
      named: list.named('xds-grpc').map(({ pointer }) => pointer),
      entries: list.all().map(entry => {
        const { kind, state, isStatic, name, versionInfo, lastUpdated, errorDetails, pointer, message } = entry;
        const { addresses } = entry;
        return { kind, state, isStatic, name, versionInfo, lastUpdated, errorDetails, pointer, message, addresses };
      }),
    })),
  }));
}

describe('a document that threads share', () => {
  const snapshot = (name: string) => documentText('bookinfo-1.30', 'productpage', name);
  it.each<[what: string, document: () => Promise<SourceDocument> | SourceDocument]>([
    ['a dump in a file', () => fileWith('config_dump.json', dump)],
    ['a packed dump', () => fileWith('config_dump.json.gz', gzipSync(dump))],
    ['/clusters', () => fileWith('clusters.json', snapshot('clusters'))],
    ['a dump that is cut off', () => fileWith('cut.json', dump.subarray(0, dump.length >> 1))],
    ['a packed dump that is cut off', () => fileWith('cut.json.gz', gzipSync(dump).subarray(0, 20_000))],
    ['UTF-16', () => fileWith('utf16.json', Buffer.from(`\uFEFF${dump.toString()}`, 'utf16le'))],
    ['YAML', () => fileWith('bootstrap.yaml', 'bootstrap:\n  node:\n    id: sidecar~10.0.0.1~a.b~c\n')],
    ['two values in one file', () => fileWith('two.json', `${dump}\n${snapshot('clusters')}`)],
    ['a document in memory', () => documentOf('x/config_dump.json', dump, { proxyHint: 'p.n', command: 'istioctl' })],
  ])('says the same in each thread: %s', async (_, make) => {
    const document = await make();
    const [here] = [(await decodeAll([{ document, isNamed: true }], {}, io)).documents];
    const read = await throughThreads({ document, isNamed: true });
    if (read === null || 'problem' in read) throw new Error('it was not read');
    expect(here.length).toBeGreaterThan(0);
    expect(told(fromShared(read))).toEqual(told(here));
  });

  it.each<[what: string, captured: string | undefined, isChanged: boolean]>([
    ['the same checksum', sha256(dump), false],
    ['another checksum', sha256(Buffer.from('other')), true],
    ['no checksum', undefined, false],
  ])('tells whether it was changed since it was captured: %s', async (_, captured, isChanged) => {
    const file = await fileWith('checked.json', dump);
    const memory = { ...documentOf('x.json', dump), sha256: async () => sha256(dump) };
    for (const document of [file, memory]) {
      const named = { document, isNamed: false, ...(captured === undefined ? {} : { sha256: captured }) };
      expect(await throughThreads(named)).toMatchObject({ isChanged });
    }
  });

  it('says what is wrong with it where it is no configuration', async () => {
    const document = await fileWith('page.html', '<html></html>');
    expect(await throughThreads({ document, isNamed: false })).toEqual({
      problem: { what: 'is an HTML page, not a dump', hint: expect.any(String) },
    });
  });

  it('is left to the thread that began where it cannot be read', async () => {
    const place = { name: 'gone.json', path: join(root, 'gone.json'), isPacked: false, limits: {} as never };
    expect(await throughThreads({ document: { ...documentOf('gone.json', dump), place }, isNamed: true })).toBeNull();
  });
});
