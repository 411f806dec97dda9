import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { disagreements } from '../scripts/conformance-agree.js';
import { decode } from '../src/decode/decode.js';
import { snapshotOf } from '../src/model/snapshot.js';
import { documentOf } from '../src/source/document.js';
import { traceRequest } from '../src/trace/trace.js';
import { HELD_WRONG } from './conformance-held-wrong.js';

const ROOT = new URL('../../shared/conformance/', import.meta.url);
const isThere = existsSync(ROOT);

/** Folders below ROOT with requests and what is expected of them. */
function casesIn(category: string): string[] {
  const root = new URL(`${category}/`, ROOT);
  return readdirSync(root).filter(name => existsSync(new URL(`${name}/requests.jsonl`, root)));
}

function lines(file: URL): Record<string, unknown>[] {
  const text = readFileSync(file, 'utf8');
  return text.split('\n').flatMap(line => (line === '' ? [] : [JSON.parse(line)]));
}

/** What disagrees in one case, by the request's id. */
async function disagreeing(folder: URL): Promise<[id: string, wrong: string[]][]> {
  const bytes = readFileSync(new URL('config_dump.json', folder));
  const { proxies } = snapshotOf(await decode(documentOf('config_dump.json', bytes)));
  const [proxy] = proxies;
  if (proxy === undefined) throw new Error('the case has no proxy');
  const expected = lines(new URL('expected.jsonl', folder));
  return lines(new URL('requests.jsonl', folder)).map((request, index) => [
    String(request.id ?? index + 1),
    disagreements(traceRequest(proxy, request, index + 1), expected[index] ?? {}),
  ]);
}

const suite = isThere ? 'the conformance cases' : 'the conformance cases: skipped, ../shared/conformance is not there';

describe.skipIf(!isThere)(suite, () => {
  const categories = isThere ? readdirSync(ROOT).filter(name => !name.includes('.') && casesIn(name).length > 0) : [];

  it('are of six kinds', () => {
    expect(categories).toEqual(['filter-chain', 'fuzz', 'fuzz-synthetic', 'route-check', 'route-unit', 'simulation']);
  });

  it.each(categories)('%s agrees, but for what is held wrong', async category => {
    const wrong: string[] = [];
    const held: string[] = [];
    for (const name of casesIn(category)) {
      for (const [id, fields] of await disagreeing(new URL(`${category}/${name}/`, ROOT))) {
        if (id in HELD_WRONG) held.push(...(fields.length === 0 ? [`${id} agrees: take it off the list`] : []));
        else if (fields.length > 0) wrong.push(`${name} ${id}: ${fields.join('; ')}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(held).toEqual([]);
  });
});
