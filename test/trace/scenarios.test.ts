import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { decode } from '../../src/decode/decode.js';
import { selectProxy } from '../../src/model/select.js';
import { snapshotOf } from '../../src/model/snapshot.js';
import { readSources } from '../../src/source/read.js';
import type { TraceRequest } from '../../src/trace/request.js';
import type { TraceResult, Verdict } from '../../src/trace/result.js';
import { traceRequest } from '../../src/trace/trace.js';

const ROOT = '../shared/scenarios';
const there = existsSync(ROOT);
const folders = there ? readdirSync(ROOT).filter(name => /^\d/.test(name)) : [];

type End = Pick<Verdict, 'outcome' | 'responseCode' | 'responseFlag' | 'reason'>;

interface Expected extends End {
  accept?: End[];
  halves?: { client: End; server: End };
  facts?: Record<string, unknown> & { server?: Record<string, unknown> };
}

const NAMES = ['listener', 'filterChain', 'routeConfig', 'virtualHost', 'route', 'cluster'];

async function trace(folder: string): Promise<TraceResult> {
  const request = parse(readFileSync(`${ROOT}/${folder}/request.yaml`, 'utf8')) as TraceRequest;
  const { documents } = await readSources([`${ROOT}/${folder}/proxies`], { stdin: () => process.stdin });
  const { proxies } = snapshotOf((await Promise.all(documents.map(decode))).flat());
  return traceRequest(selectProxy(proxies, request.proxy ?? null), request, 1, { proxies });
}

function endOf({ outcome, responseCode, responseFlag, reason }: End): End {
  return { outcome, responseCode, responseFlag, reason };
}

function named(facts: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(facts).filter(([name, value]) => NAMES.includes(name) && value !== null));
}

describe.skipIf(!there)('../shared/scenarios (skipped where the folder is not there)', () => {
  it.each(folders)('%s', async folder => {
    const expected = parse(readFileSync(`${ROOT}/${folder}/expected.yaml`, 'utf8')) as Expected;
    const result = await trace(folder);
    expect([expected, ...(expected.accept ?? [])].map(endOf)).toContainEqual(endOf(result));
    expect(result).toMatchObject(named(expected.facts ?? {}));
    if (expected.halves === undefined) return;
    expect(endOf(result.client ?? result)).toEqual(endOf(expected.halves.client));
    expect(result.peer === undefined ? null : endOf(result.peer)).toEqual(endOf(expected.halves.server));
    expect(result.peer).toMatchObject(named(expected.facts?.server ?? {}));
  });
});
