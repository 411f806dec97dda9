import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { valueAt } from '../../src/model/json-pointer.js';
import type { TraceRequest } from '../../src/trace/request.js';
import { traceRequest } from '../../src/trace/trace.js';
import { proxyOf } from '../support/snapshot.js';
import { SNAPSHOT_REQUESTS } from './snapshot-requests.js';

const ROOT = new URL('../../', import.meta.url);
const documents = new Map<string, unknown>();

function documentOf(name: string): unknown {
  let known = documents.get(name);
  if (known === undefined) {
    known = JSON.parse(gunzipSync(readFileSync(new URL(name, ROOT))).toString());
    documents.set(name, known);
  }
  return known;
}

const VARIANTS: [what: string, change: TraceRequest][] = [
  ['as it is', {}],
  ['by mutual TLS', { tls: 'mtls' }],
  ['as TCP', { protocol: 'tcp' }],
];

describe.each(VARIANTS)('every place that a trace names leads to something: %s', (_, change) => {
  it.each(SNAPSHOT_REQUESTS.map(item => [item.request.id, item] as const))('%s', async (_id, item) => {
    const { steps } = traceRequest(await proxyOf(item.snapshot, item.proxy), { ...item.request, ...change });
    for (const { pointer, evidence } of steps) {
      for (const place of evidence) expect(valueAt(documentOf(place.document), place.pointer)).toBeDefined();
      const own = evidence.map(({ document }) => document);
      if (pointer !== null) expect(own.some(name => leadsSomewhere(documentOf(name), pointer))).toBe(true);
    }
  });
});

/** A hop may cite several documents; its own pointer is one of theirs. */
function leadsSomewhere(document: unknown, pointer: string): boolean {
  try {
    return valueAt(document, pointer) !== undefined;
  } catch {
    return false;
  }
}
