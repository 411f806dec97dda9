import { constants, gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../../src/source/byte-source.js';
import { HEAD_BYTES } from '../../src/source/document.js';
import { gunzipped } from '../../src/source/gunzip.js';
import { DEFAULT_LIMITS } from '../../src/source/limits.js';
import { failure } from './support/folder.js';

const text = Buffer.from(Array.from({ length: 40_000 }, (_, index) => `${index * 7919}: ${index}\n`).join(''));
const packed = gzipSync(text);

function source(bytes: Buffer, limits = DEFAULT_LIMITS) {
  return gunzipped(memorySource('x.gz', bytes), limits);
}

describe('gzip', () => {
  it.each([
    ['one member', packed, text],
    ['two members', Buffer.concat([packed, packed]), Buffer.concat([text, text])],
    ['zeros after the end', Buffer.concat([packed, Buffer.alloc(512)]), text],
    ['nothing in it', gzipSync(''), Buffer.alloc(0)],
    [
      'an empty last member, whose size in the trailer is not that of the whole',
      Buffer.concat([packed, gzipSync('')]),
      text,
    ],
  ])('inflates %s', async (_name, bytes, expected) => {
    const loaded = await source(bytes).load();
    expect(loaded.incomplete).toBeUndefined();
    expect(loaded.bytes.equals(expected)).toBe(true);
  });

  it('gives of a cut stream all that can be inflated, and says that it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 300, max: packed.length - 1 }), async length => {
        const cut = packed.subarray(0, length);
        const loaded = await source(cut).load();
        expect(loaded.bytes.equals(gunzipSync(cut, { finishFlush: constants.Z_SYNC_FLUSH }))).toBe(true);
        expect(loaded.incomplete).toBe(`the gzip stream is cut off after ${loaded.bytes.length} bytes`);
      }),
      { numRuns: 50 },
    );
  });

  it.each([3, 10, 12])('has nothing to give of %i bytes', async length => {
    const error = await failure(source(packed.subarray(0, length)).load());
    expect(error).toMatchObject({ kind: 'gzip-cut', path: 'x.gz', short: 'the gzip stream is cut off' });
  });

  it('gives of a damaged stream what came before, with the reason', async () => {
    const bytes = gzipSync(Buffer.concat(Array(20).fill(text)));
    bytes.writeUInt32LE(0, bytes.length - 8);
    const loaded = await source(bytes).load();
    expect(loaded.bytes.length).toBeGreaterThan(text.length);
    expect(loaded.incomplete).toContain('the gzip stream is damaged (incorrect data check)');
  });

  it('looks at the first bytes of a cut stream without an error', async () => {
    const head = await source(packed.subarray(0, packed.length - 100)).head();
    expect(head.equals(text.subarray(0, HEAD_BYTES))).toBe(true);
  });

  it.each([
    [{ fileBytes: text.length - 1 }, 'too-large', '--max-file-bytes'],
    [{ fileBytes: 10 }, 'too-large', '--max-file-bytes'],
  ])('refuses more than %j', async (limits, kind, option) => {
    const error = await failure(source(packed, { ...DEFAULT_LIMITS, ...limits }).load());
    expect(error.kind).toBe(kind);
    expect(error.hint).toContain(option);
  });

  it('does not unpack a bomb to see that it is one, whatever its trailer says', async () => {
    const member = gzipSync(Buffer.alloc(64 * 1024 * 1024));
    const bomb = Buffer.concat(Array.from({ length: 12 }, () => member));
    const before = process.resourceUsage().maxRSS;
    expect((await failure(source(bomb).load())).kind).toBe('ratio');
    expect((process.resourceUsage().maxRSS - before) / 1024).toBeLessThan(400);
  });

  it('refuses a bomb by its ratio, past what is free', async () => {
    const bomb = gzipSync(Buffer.alloc(80 * 1024 * 1024));
    const error = await failure(source(bomb).load());
    expect(error.kind).toBe('ratio');
    expect(error.message).toContain('--max-ratio');
    expect((await source(bomb, { ...DEFAULT_LIMITS, ratio: 2000 }).load()).bytes.length).toBe(80 * 1024 * 1024);
  });
});
