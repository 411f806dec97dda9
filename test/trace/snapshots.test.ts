import { describe, expect, it } from 'vitest';
import { traceRequest } from '../../src/trace/trace.js';
import { schemaProblems } from '../support/result-schema.js';
import { proxyOf } from '../support/snapshot.js';
import { SNAPSHOT_REQUESTS } from './snapshot-requests.js';

describe('whole results of requests through the snapshots', () => {
  it.each(SNAPSHOT_REQUESTS.map(item => [item.request.id, item] as const))('%s', async (id, item) => {
    const result = traceRequest(await proxyOf(item.snapshot, item.proxy), item.request);
    expect(schemaProblems('TraceResult', result)).toEqual([]);
    await expect(`${JSON.stringify(result, null, 2)}\n`).toMatchFileSnapshot(`__snapshots__/snapshots/${id}.json`);
  });

  it('has an id of its own for each', () => {
    const ids = SNAPSHOT_REQUESTS.map(({ request }) => request.id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
