import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decode } from '../../src/decode/decode.js';
import type { DecodedDocument } from '../../src/decode/document.js';
import { scanEntry } from '../../src/decode/entries.js';
import type { Entry } from '../../src/decode/entry.js';
import { ReadEntries } from '../../src/decode/entry-list.js';
import { groupAt } from '../../src/decode/layout.js';
import { withFindings } from '../../src/findings/of-trace.js';
import { valueAt } from '../../src/model/json-pointer.js';
import { snapshotOf } from '../../src/model/snapshot.js';
import { documentOf } from '../../src/source/document.js';
import { traceRequest } from '../../src/trace/trace.js';

const DUMP = new URL('../../../shared/scale/3000-services.config_dump.json.gz', import.meta.url);
const isThere = existsSync(DUMP);

/** The document with every entry taken out of what JSON.parse gives, one by one. */
function plainly(document: DecodedDocument, whole: unknown): DecodedDocument {
  const lists = document.lists.map(list => {
    const group = groupAt(list.pointer.split('/').at(-1) ?? '');
    const items = valueAt(whole, list.pointer);
    if (group === undefined || !Array.isArray(items)) return list;
    const entries: Entry[] = [];
    for (const [index, item] of items.entries())
      scanEntry(Buffer.from(JSON.stringify(item)), 0, `${list.pointer}/${index}`, group, entry => entries.push(entry));
    return new ReadEntries(list.kind, list.isStatic, list.pointer, entries);
  });
  return { ...document, lists };
}

function traces(documents: readonly DecodedDocument[], requests: readonly string[]): string[] {
  const snapshot = snapshotOf(documents);
  const [proxy] = snapshot.proxies;
  if (proxy === undefined) throw new Error('the dump holds no proxy');
  return requests.map(to => JSON.stringify(withFindings(traceRequest(proxy, { to }), snapshot), null, 1));
}

describe.skipIf(!isThere)('the dump of 3 000 services (where ../shared/scale is there)', () => {
  it('gives the traces that it gives through JSON.parse, byte for byte', async () => {
    const bytes = isThere ? gunzipSync(readFileSync(DUMP)) : Buffer.alloc(0);
    const whole: unknown = JSON.parse(bytes.toString());
    const documents = await decode(documentOf('dump.json', bytes));
    const names = documents[0]?.lists.find(({ kind, isStatic }) => kind === 'cluster' && !isStatic)?.all() ?? [];
    const services = names.flatMap(({ name }, index) => {
      const [, port, subset, host] = name?.split('|') ?? [];
      return subset === '' && index % 150 === 0 ? [`${host}:${port}`] : [];
    });
    expect(services.length).toBeGreaterThan(10);
    const requests = [...services, '10.1.2.3:9999', 'nowhere.example:80'];
    const fresh = await decode(documentOf('dump.json', bytes));
    const expected = traces(
      documents.map(document => plainly(document, whole)),
      requests,
    );
    expect(traces(fresh, requests)).toEqual(expected);
  });
});
