import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../src/decode/entry.js';
import { EntryReader } from '../../src/decode/entry-reader.js';
import { groupOf, type ResourceKind } from '../../src/decode/layout.js';
import { newestOf } from '../../src/decode/newest.js';
import { walkArray } from '../../src/decode/scan.js';
import { unreadList } from '../../src/decode/unread-entries.js';
import { printedDump } from './support/printed-dump.js';

const KINDS: ResourceKind[] = ['listener', 'cluster', 'route', 'endpoint', 'cluster-status'];

/** A list of JSON objects that is long enough to be left unread. */
const longList = fc
  .tuple(fc.array(printedDump, { minLength: 1, maxLength: 6 }), fc.constantFrom('', ' ', '\n    '))
  .map(([dumps, space]) => {
    const items = dumps.flatMap(entriesIn);
    const filler = `{"filler":"${'x\\"}'.repeat(5000)}"}`;
    return Buffer.from(`[${space}${[...items, filler].join(`${space},${space}`)}${space}]`);
  });

/** What stands in the sections of a printed dump, printed anew, so that it keeps what JSON.parse keeps. */
function entriesIn(text: string): string[] {
  const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);
  const { configs = [] }: { configs?: unknown } = JSON.parse(text);
  const sections = [configs].flat().filter(isObject) as object[];
  const entries = sections.flatMap(section => Object.values(section).flat());
  return entries.filter(isObject).map(entry => JSON.stringify(entry));
}

/** What reading all entries one after another finds. */
function readAll(bytes: Buffer, kind: ResourceKind): Entry[] {
  const entries: Entry[] = [];
  const reader = new EntryReader(bytes, null, entry => entries.push(entry));
  walkArray(bytes, 0, (index, at) => reader.entry(at, `/list/${index}`, groupOf(kind)));
  return entries;
}

function unread(bytes: Buffer, kind: ResourceKind) {
  const found = unreadList(bytes, 0, '/list', groupOf(kind));
  if (found === null) throw new Error('the list was read at once');
  return found.list;
}

const factsOf = (entries: readonly Entry[]) =>
  entries.map(({ name, state, pointer, message, lastUpdated, versionInfo, errorDetails, addresses }) => ({
    ...{ name, state, pointer, message, lastUpdated, versionInfo, errorDetails, addresses },
  }));

describe('a list that is left unread', () => {
  it('gives the entries that reading it gives, whatever is asked first', () => {
    fc.assert(
      fc.property(
        longList,
        fc.constantFrom(...KINDS),
        fc.constantFrom('', 'name', 'a/b~c', 'ключ'),
        (bytes, kind, text) => {
          const all = readAll(bytes, kind);
          const list = unread(bytes, kind);
          expect(list.newestUpdate()).toEqual(newestOf(all.map(({ lastUpdated }) => lastUpdated)));
          expect(factsOf(list.named(text))).toEqual(factsOf(all.filter(({ name }) => name === text)));
          expect(factsOf(list.containing(text))).toEqual(factsOf(all.filter(({ name }) => name?.includes(text))));
          expect(factsOf(list.all())).toEqual(factsOf(all));
          expect(list.all()).toEqual(expect.arrayContaining([...list.named(text)]));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('finds a name behind an escape that a printer need not write', () => {
    const entries = [
      '{"cluster":{"name":"\\u006eame"}}',
      '{"cluster":{"name":"a\\/b"}}',
      `{"x":"${'x'.repeat(20_000)}"}`,
    ];
    const list = unread(Buffer.from(`[${entries.join(',')}]`), 'cluster');
    expect(list.named('name').map(({ pointer }) => pointer)).toEqual(['/list/0/cluster']);
    expect(list.named('a/b').map(({ pointer }) => pointer)).toEqual(['/list/1/cluster']);
  });

  it('tells times and names of entries that are not JSON apart', () => {
    const bytes = Buffer.from(
      `[{"cluster":{"name":"a"},"last_updated":"2026-01-01T00:00:00Z"},{"cluster":}${' '.repeat(20_000)}]`,
    );
    const list = unread(bytes, 'cluster');
    expect(list.newestUpdate()).toBe('2026-01-01T00:00:00Z');
    expect(list.isDamaged).toBe(true);
    expect(list.named('a')).toHaveLength(1);
  });
});
