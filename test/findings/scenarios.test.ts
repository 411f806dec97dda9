import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { decode } from '../../src/decode/decode.js';
import { findingsOfTrace } from '../../src/findings/of-trace.js';
import { NO_OBJECT, UNKNOWN_NAME } from '../../src/findings/provenance.js';
import { selectProxy } from '../../src/model/select.js';
import { snapshotOf } from '../../src/model/snapshot.js';
import { readSources } from '../../src/source/read.js';
import type { TraceRequest } from '../../src/trace/request.js';
import { traceRequest } from '../../src/trace/trace.js';

const ROOT = '../shared/scenarios';
const there = existsSync(ROOT);
const folders = there ? readdirSync(ROOT).filter(name => /^\d/.test(name)) : [];

interface Cause {
  kind: string;
  namespace: string;
  name: string;
}

interface Expected {
  findings: string[];
  acceptFirst?: string[];
  findingsOptional?: boolean;
  cause: (Cause & { also?: Cause[] }) | null;
  also?: Cause[];
}

async function findingsIn(folder: string) {
  const request = parse(readFileSync(`${ROOT}/${folder}/request.yaml`, 'utf8')) as TraceRequest;
  const { documents } = await readSources([`${ROOT}/${folder}/proxies`], { stdin: () => process.stdin });
  const snapshot = snapshotOf((await Promise.all(documents.map(decode))).flat());
  const proxy = selectProxy(snapshot.proxies, request.proxy ?? null);
  const result = traceRequest(proxy, request, 1, { proxies: snapshot.proxies });
  return findingsOfTrace(result, proxy, snapshot);
}

/** Envoy never learns what an EnvoyFilter or Sidecar is called: kind and namespace are all that a dump gives. */
function isNamed(
  found: { kind: string; namespace: string | null; name: string } | null,
  { kind, namespace, name }: Cause,
): boolean {
  if (found === null || found.kind !== kind || (found.namespace ?? '') !== namespace) return false;
  const isHidden = (kind === 'EnvoyFilter' || kind === 'Sidecar') && found.name === UNKNOWN_NAME;
  return found.name === name || isHidden || (kind === 'ServiceEntry' && found.name === NO_OBJECT);
}

describe.skipIf(!there)('../shared/scenarios (skipped where the folder is not there)', () => {
  it.each(folders)('%s', async folder => {
    const expected = parse(readFileSync(`${ROOT}/${folder}/expected.yaml`, 'utf8')) as Expected;
    const found = await findingsIn(folder);
    const [first] = found;
    if (expected.cause === null) {
      expect(found.filter(({ severity }) => severity !== 'info')).toEqual([]);
      return;
    }
    const [wanted] = expected.findings;
    if (wanted !== undefined) expect(first?.code).toBe(wanted);
    const causes = [expected.cause, ...(expected.cause.also ?? []), ...(expected.also ?? [])];
    expect(
      causes.some(cause => isNamed(first?.resource ?? null, cause)),
      JSON.stringify(first?.resource),
    ).toBe(true);
  });
});
