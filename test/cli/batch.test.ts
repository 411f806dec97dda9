import { describe, expect, it } from 'vitest';
import { Batch } from '../../src/cli/batch.js';

const LINE = ['{"a":"…', Buffer.from('é😀'), '"}\n'];
const TEXT = '{"a":"…é😀"}\n';

describe('Batch', () => {
  it('writes every part, in few pieces, and none twice', () => {
    const pieces: string[] = [];
    const writeBytes = (bytes: Uint8Array) => {
      pieces.push(Buffer.from(bytes).toString());
      return undefined;
    };
    const batch = new Batch({ write: () => {}, writeBytes });
    const long = 'x'.repeat(600_000);
    for (let i = 0; i < 50_000; i++) batch.add(LINE);
    batch.add([long]);
    batch.add(LINE);
    batch.write();
    batch.write();
    expect(pieces.join('')).toBe(TEXT.repeat(50_000) + long + TEXT);
    expect(pieces.length).toBeLessThan(10);
  });

  it('leaves what was written as it is while more is added', () => {
    const pieces: Uint8Array[] = [];
    const writeBytes = (bytes: Uint8Array) => void pieces.push(bytes);
    const batch = new Batch({ write: () => {}, writeBytes });
    for (const text of ['one\n', 'two\n', 'three\n']) {
      batch.add([text]);
      batch.write();
    }
    expect(pieces.map(piece => Buffer.from(piece).toString())).toEqual(['one\n', 'two\n', 'three\n']);
  });

  it('hands on what the reader asks to wait for, and writes text where there is no other way', async () => {
    const waits = Promise.resolve();
    const batch = new Batch({ write: () => {}, writeBytes: () => waits });
    batch.add(LINE);
    expect(batch.write()).toBe(waits);
    const written: string[] = [];
    const asText = new Batch({ write: text => void written.push(text) });
    asText.add(LINE);
    asText.write();
    expect(written).toEqual([TEXT]);
  });
});
