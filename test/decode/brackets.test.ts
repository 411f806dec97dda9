import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binaryModule } from '../../scripts/build-wasm.js';
import { spansOf } from '../../src/decode/brackets.js';
import { skipContainer, skipValue } from '../../src/decode/scan.js';
import { allocate } from '../../src/source/allocate.js';
import { anySpace, printedJson, printedList } from './printed-json.js';

/** Byte after each container by the byte at which it begins, of the first `levels` levels, by the plain scan. */
function plainSpans(bytes: Buffer, levels: number): Map<number, number> {
  const spans = new Map<number, number>();
  let depth = 0;
  let inString = false;
  for (let at = 0; at < bytes.length; at++) {
    const letter = String.fromCharCode(bytes[at] ?? 0);
    if (inString) {
      if (letter === '\\') at++;
      else if (letter === '"') inString = false;
    } else if (letter === '"') inString = true;
    else if (letter === '{' || letter === '[') {
      if (++depth <= levels) spans.set(at, skipContainer(bytes, at));
    } else if (letter === '}' || letter === ']') depth--;
  }
  return spans;
}

const list = fc.tuple(printedList(printedJson), anySpace).map(([json, after]) => Buffer.from(json + after));

describe('spans by WebAssembly', () => {
  it('is made from brackets.wat', async () => {
    const made = readFileSync(new URL('../../src/decode/brackets-binary.ts', import.meta.url), 'utf8');
    expect(made).toBe(await binaryModule());
  });

  it('are those of the plain scan, whatever the layout', () => {
    fc.assert(
      fc.property(list, fc.integer({ min: 1, max: 8 }), (bytes, levels) => {
        const spans = spansOf(bytes, 0, levels);
        for (const [at, end] of plainSpans(bytes, levels)) expect(spans?.endOf(at)).toBe(end);
      }),
      { numRuns: 500 },
    );
  });

  it('are the same where a large document stands in memory of its own, to its last byte', () => {
    const bytes = allocate(17 * 1024 * 1024).fill(0x20);
    fc.assert(
      fc.property(list, fc.integer({ min: 0, max: 200 }), fc.boolean(), (json, shift, isCut) => {
        const part = isCut ? json.subarray(0, json.length >> 1) : json;
        const at = bytes.length - part.length - (isCut ? 0 : shift);
        part.copy(bytes, at);
        const spans = spansOf(bytes, at, 3);
        const windowed = spansOf(part, 0, 3);
        expect(spans?.count).toBe(windowed?.count);
        for (let index = 0; index < (spans?.count ?? 0); index++) {
          const end = windowed?.endAt(index) ?? 0;
          expect(spans?.startAt(index)).toBe(at + (windowed?.startAt(index) ?? 0));
          expect(spans?.endAt(index)).toBe(end === 0 ? 0 : at + end);
        }
        bytes.fill(0x20, at);
      }),
      { numRuns: 500 },
    );
  });

  it('tell of every escape that could stand there as it is', () => {
    const holdsSuch = (bytes: Buffer) =>
      [...bytes.toString('latin1').matchAll(/\\(.)/gs)].some(([, escaped]) => escaped === 'u' || escaped === '/');
    expect(holdsSuch(Buffer.from('"\\\\u"'))).toBe(false);
    fc.assert(
      fc.property(list, fc.integer({ min: 1, max: 8 }), (bytes, levels) => {
        const spans = spansOf(bytes, 0, levels);
        if (holdsSuch(bytes.subarray(0, spans?.end))) expect(spans?.hasEscapes).toBe(true);
        if (!holdsSuch(bytes)) expect(spans?.hasEscapes).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('do not depend on where windows and blocks begin', () => {
    fc.assert(
      fc.property(
        list,
        fc.integer({ min: 0, max: 130 }),
        fc.constantFrom(64, 4096, 65536 + 4096),
        (json, shift, size) => {
          const filler = '\\"}]'.repeat(Math.ceil(size / 4)).slice(0, size - (size % 4));
          const bytes = Buffer.concat([Buffer.from(`["${filler}${' '.repeat(shift)}",`), json, Buffer.from(']')]);
          const spans = spansOf(bytes, 0, 3);
          for (const [at, end] of plainSpans(bytes, 3)) expect(spans?.endOf(at)).toBe(end);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('begin anywhere, and answer questions in any order', () => {
    const bytes = Buffer.from('xx [[1],{"a":[2]},"]"] ]');
    const spans = spansOf(bytes, 3, 3);
    expect(spans?.end).toBe(22);
    expect([8, 4, 13, 3, 5, 8].map(at => spans?.endOf(at))).toEqual([17, 7, 16, 22, 0, 17]);
  });

  it('leave what is cut open', () => {
    const bytes = Buffer.from('[[1],[2');
    const spans = spansOf(bytes, 0, 2);
    expect(spans?.end).toBe(0);
    expect([0, 1, 5].map(at => spans?.endOf(at))).toEqual([0, 4, 0]);
  });

  it('are used for long values, with the same ends and the same errors', () => {
    const long = JSON.stringify({ a: [{ text: 'x}"'.repeat(2000) }, 'y'] });
    expect(skipValue(Buffer.from(`${long},1`), 0)).toBe(long.length);
    const cut = Buffer.from(long.slice(0, -4));
    expect(() => skipValue(cut, 0)).toThrow('the document ends inside a string');
    expect(() => skipValue(Buffer.from(long.slice(0, -2)), 0)).toThrow('the document ends 2 levels deep');
  });
});
