import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type SchemaName, schemaProblems } from '../support/result-schema.js';
import { runCli } from '../support/run-cli.js';
import { documentText, workFolder } from '../support/work-folder.js';

const DOCUMENTS = (
  [
    ['bookinfo-1.30', 'productpage', 'config_dump'],
    ['bookinfo-1.30', 'istio-ingressgateway', 'config_dump'],
    ['bookinfo-1.30', 'ledger', 'clusters'],
    ['bookinfo-1.1', 'reviews-v1', 'config_dump'],
    ['bookinfo-1.30-faulted', 'productpage', 'config_dump'],
  ] as const
).map(([snapshot, pod, document]) => documentText(snapshot, pod, document));

/** A value in the place of a field’s own, in all of a document or in one place; undefined takes the field away. */
interface Change {
  readonly field: number;
  readonly place: number | null;
  readonly value: unknown;
}

const change: fc.Arbitrary<Change> = fc.record({
  field: fc.nat(),
  place: fc.option(fc.nat()),
  value: fc.oneof(
    fc.constantFrom(undefined, null, '', '*', '%', '::1', '0.0.0.0/0', 'outbound|x||', '__proto__', '-1s', 4294967296),
    fc.constantFrom([], {}, [null], [{}], { value: null }, { '@type': 'type.googleapis.com/x.Y' }, true, -1, 1e308),
    fc.jsonValue({ maxDepth: 2 }),
  ),
});

/** Where each field stands in a document: all fields are met alike, however often they are there. */
function placesIn(value: unknown, places = new Map<string, object[]>()): Map<string, object[]> {
  if (typeof value !== 'object' || value === null) return places;
  for (const [field, item] of Object.entries(value)) {
    const name = Array.isArray(value) ? '[]' : field;
    const holders = places.get(name) ?? [];
    holders.push(value);
    places.set(name, holders);
    placesIn(item, places);
  }
  return places;
}

function changed(text: string, changes: readonly Change[]): string {
  const document = JSON.parse(text);
  const places = [...placesIn(document)];
  for (const { field, place, value } of changes) {
    const [name, holders] = places[field % places.length] ?? ['', []];
    const chosen = place === null ? holders : holders.slice(place % holders.length).slice(0, 1);
    for (const holder of chosen) Object.assign(holder, { [name === '[]' ? 0 : name]: value });
  }
  return JSON.stringify(document);
}

const COMMANDS: readonly (readonly [SchemaName, string, ...string[]])[] = [
  ['TraceResult', '--to', 'reviews:8888', '--path', '/reviews/0'],
  ['TraceResult', '--to', '10.96.0.1:443', '--tls', 'tls', '--sni', 'example.com'],
  ['TraceResult', '--direction', 'inbound', '--ip', '10.244.1.14', '--port', '9080'],
  ['TraceResult', '--direction', 'gateway', '--to', 'bookinfo.example.com:80', '--path', '/productpage'],
  ['CheckResult', 'check'],
];

it('a value of any kind in any field breaks no command (property)', { timeout: 300_000 }, async () => {
  const path = join(workFolder(), 'dump.json');
  const arbitrary = fc.tuple(
    fc.nat({ max: DOCUMENTS.length - 1 }),
    fc.array(change, { minLength: 1, maxLength: 6, size: 'max' }),
  );
  await fc.assert(
    fc.asyncProperty(arbitrary, async ([document, changes]) => {
      writeFileSync(path, changed(DOCUMENTS[document] ?? '', changes));
      for (const [schema, ...command] of COMMANDS) {
        const { code, stdout, stderr } = await runCli([...command, '-f', path, '-o', 'json']);
        expect(stderr).not.toContain('This should not have happened');
        expect([0, 1, 3, 4]).toContain(code);
        expect(stdout === '' ? [] : schemaProblems(schema, JSON.parse(stdout))).toEqual([]);
      }
    }),
    { numRuns: 30 },
  );
});
