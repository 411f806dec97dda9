import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { readLines } from '../../src/source/lines.js';
import { temporaryFolder, writeTree } from './support/folder.js';
import { makeTar } from './support/tar.js';
import { makeZip } from './support/zip.js';

const TEXT = 'eins\r\nzwei ä\r\n\r\ndrei';
const LINES = ['eins', 'zwei ä', '', 'drei'];

const le = Buffer.from(`\ufeff${TEXT}`, 'utf16le');

let folder = '';
beforeAll(async () => {
  folder = await temporaryFolder();
});

async function linesOf(bytes: Buffer): Promise<string[]> {
  await writeTree(folder, { 'x.log': bytes });
  return all(readLines(join(folder, 'x.log'), noStdin));
}

async function all(parts: AsyncIterable<string[]>): Promise<string[]> {
  const lines: string[] = [];
  for await (const part of parts) lines.push(...part);
  return lines;
}

async function* noStdin(): AsyncGenerator<Buffer> {}

describe('the lines of a text', () => {
  it.each([
    ['UTF-8', Buffer.from(TEXT)],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${TEXT}`)],
    ['UTF-16, as PowerShell writes it', le],
    ['UTF-16 of the other order', Buffer.from(le).swap16()],
    ['gzip', gzipSync(TEXT)],
    ['UTF-16 in gzip', gzipSync(le)],
  ])('%s', async (_, bytes) => {
    expect(await linesOf(bytes)).toEqual(LINES);
  });

  it('of standard input in pieces that cut a character', async () => {
    const stdin = async function* () {
      for (const byte of le) yield Buffer.of(byte);
    };
    expect(await all(readLines('-', stdin))).toEqual(LINES);
  });
});

describe('what has no lines', () => {
  const entry = { name: 'istio-proxy.log', body: TEXT };
  const hint = 'Unpack it and give the log of one proxy; a bug report has it in proxies/NAMESPACE/POD/istio-proxy.log.';

  it.each([
    ['a tar archive', () => makeTar([entry])],
    ['a packed tar archive', async () => gzipSync(await makeTar([entry]))],
    ['a zip archive', () => makeZip([entry])],
  ])('%s', async (_, bytes) => {
    await expect(linesOf(await bytes())).rejects.toMatchObject({ kind: 'not-readable-form', path: 'x.log', hint });
  });

  it('a folder', async () => {
    const lines = readLines(folder, noStdin);
    await expect(all(lines)).rejects.toMatchObject({
      short: 'it is a folder, and a file is wanted',
      hint: 'Name a file in it.',
    });
  });
});
