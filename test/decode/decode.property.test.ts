import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode } from '../../src/decode/decode.js';
import type { DecodedDocument } from '../../src/decode/document.js';
import type { Entry } from '../../src/decode/entry.js';
import { entriesOf } from '../../src/decode/entry-list.js';
import { DecodeProblem } from '../../src/decode/problem.js';
import { ScanError } from '../../src/decode/scan.js';
import { documentOf } from '../../src/source/document.js';
import { foundEntries } from './support/found.js';
import { printedDump } from './support/printed-dump.js';
import { expectedEntries } from './support/reference.js';

/** What a document decodes to; null where it is told to be no configuration. Any other error is one of decode's own. */
async function decoded(bytes: Buffer): Promise<DecodedDocument[] | null> {
  try {
    return await decode(documentOf('x.json', bytes));
  } catch (error) {
    expect(error).toBeInstanceOf(DecodeProblem);
    return null;
  }
}

describe('decode, against JSON.parse', () => {
  it('finds the same messages at the same pointers', async () => {
    await fc.assert(
      fc.asyncProperty(printedDump, async text => {
        const expected = expectedEntries(JSON.parse(text));
        if (expected.length === 0) await decoded(Buffer.from(text));
        else expect(foundEntries((await decoded(Buffer.from(text))) ?? [])).toEqual(expected);
      }),
      { numRuns: 300, endOnFailure: true },
    );
  });

  it('finds the same in UTF-16 and behind a byte order mark', async () => {
    await fc.assert(
      fc.asyncProperty(printedDump, async text => {
        const expected = expectedEntries(JSON.parse(text));
        const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le');
        const marked = Buffer.from(`\ufeff${text}`);
        for (const bytes of expected.length === 0 ? [] : [utf16, marked])
          expect(foundEntries((await decoded(bytes)) ?? [])).toEqual(expected);
      }),
      { numRuns: 100, endOnFailure: true },
    );
  });
});

describe('decode, of documents that are cut off', () => {
  it('gives only entries of the whole document, whichever byte is the last', async () => {
    await fc.assert(
      fc.asyncProperty(
        printedDump,
        fc.constantFrom(0, 1),
        fc.integer({ min: 0, max: 999 }),
        async (text, indent, place) => {
          const whole = JSON.stringify(JSON.parse(text), null, indent);
          const expected = new Map(expectedEntries(JSON.parse(whole)).map(entry => [entry.pointer, entry]));
          const bytes = Buffer.from(whole);
          const documents = await decoded(bytes.subarray(0, Math.floor((bytes.length * place) / 1000)));
          for (const found of foundEntries(documents ?? [])) expect(found).toEqual(expected.get(found.pointer));
          for (const { broken } of documents ?? []) expect(broken).not.toBeNull();
        },
      ),
      { numRuns: 500, endOnFailure: true },
    );
  });
});

describe('decode, of documents that are damaged', () => {
  it('throws no error but those declared', async () => {
    await fc.assert(
      fc.asyncProperty(printedDump, fc.nat(), fc.nat(255), async (text, place, value) => {
        const bytes = Buffer.from(text);
        bytes[place % bytes.length] = value;
        const documents = (await decoded(bytes)) ?? [];
        for (const entry of documents.flatMap(({ lists }) => entriesOf(lists))) readAll(entry);
      }),
      { numRuns: 500, endOnFailure: true },
    );
  });
});

function readAll(entry: Entry): void {
  try {
    void [entry.name, entry.versionInfo, entry.lastUpdated, entry.errorDetails, entry.message, entry.addresses];
  } catch (error) {
    expect(error).toBeInstanceOf(ScanError);
  }
}
