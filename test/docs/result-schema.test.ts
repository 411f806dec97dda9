import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { TraceRequest } from '../../src/trace/request.js';
import { HOPS, type TraceResult } from '../../src/trace/result.js';
import { traceRequest } from '../../src/trace/trace.js';
import { schemaProblems } from '../support/result-schema.js';
import { snapshot } from '../support/snapshot.js';
import { SNAPSHOT_REQUESTS } from '../trace/snapshot-requests.js';

const SNAPSHOTS = readdirSync(new URL('../../snapshots/', import.meta.url));

/** Requests of every kind, asked of every proxy of every snapshot: most go out, some come in, some are refused. */
const REQUESTS: readonly TraceRequest[] = [
  { to: 'reviews:8888', path: '/reviews/0', headers: { 'end-user': 'jason', 'x-list': ['a', 'b'] } },
  { to: 'mytomcat:8888' },
  { to: 'ratings:8888', headers: { 'x-chaos': 'on' } },
  { to: 'https://bookinfo.example.com/productpage' },
  { to: 'http://example.com/' },
  { to: 'grpc://reviews:8888/reviews.Reviews/Get' },
  { to: 'tcp://mysql:3306' },
  { ip: '203.0.113.9', port: 9999, protocol: 'tcp', tls: 'mtls', alpn: ['istio'] },
  {
    to: 'reviews:8888',
    direction: 'inbound',
    tls: 'mtls',
    from: { principal: 'spiffe://cluster.local/ns/default/sa/x', ip: '10.0.0.1' },
  },
  {
    to: 'reviews:8888',
    direction: 'inbound',
    claims: { iss: 'https://login.example.com', sub: 'x', aud: ['bookinfo'] },
  },
  { to: 'reviews:8888', method: 'OPTIONS', host: '', random: 7 },
];

describe.each(SNAPSHOTS)('results of snapshots/%s fit docs/result.schema.json', name => {
  it.each(REQUESTS.map(request => [JSON.stringify(request), request] as const))('%s', async (_, request) => {
    const { proxies } = await snapshot(name);
    expect(schemaProblems('TraceRequest', request)).toEqual([]);
    for (const proxy of proxies) {
      const whole = traceRequest(proxy, request, 1, { proxies });
      expect(schemaProblems('TraceResult', whole)).toEqual([]);
      expect(schemaProblems('TraceResult', traceRequest(proxy, request))).toEqual([]);
    }
  });
});

describe('the schema', () => {
  it('fits the requests of the kept results', () => {
    expect(SNAPSHOT_REQUESTS.flatMap(({ request }) => schemaProblems('TraceRequest', request))).toEqual([]);
  });

  it.each<[string, (result: TraceResult) => void]>([
    ['an unknown outcome', result => Object.assign(result, { outcome: 'lost' })],
    ['an unknown field', result => Object.assign(result, { extra: 1 })],
    ['a missing field', result => Object.assign(result, { steps: undefined })],
    ['a pointer that is none', result => Object.assign(result.steps[0] ?? {}, { pointer: 'configs/0' })],
    ['a share above 1', result => Object.assign(result.endpoints[0] ?? {}, { share: 90 })],
    ['another version', result => Object.assign(result, { schemaVersion: 2 })],
  ])('refuses %s', async (_, spoil) => {
    const { proxies } = await snapshot('bookinfo-1.1-registry-only');
    const proxy = proxies.find(({ name }) => name.startsWith('productpage'));
    if (proxy === undefined) throw new Error('the snapshot has no productpage');
    const result = structuredClone(traceRequest(proxy, { to: 'reviews:8888' }));
    spoil(result);
    expect(schemaProblems('TraceResult', result)).not.toEqual([]);
  });

  it.each<[string, unknown]>([
    ['without a destination', { path: '/' }],
    ['with an unknown field', { to: 'reviews:8888', hots: 'x' }],
    ['with a port that is none', { ip: '10.0.0.1', port: 0 }],
  ])('refuses a request %s', (_, request) => {
    expect(schemaProblems('TraceRequest', request)).not.toEqual([]);
  });

  it('knows the hops', async () => {
    const { proxies } = await snapshot('bookinfo-1.1');
    const proxy = proxies.find(({ name }) => name.startsWith('productpage'));
    if (proxy === undefined) throw new Error('the snapshot has no productpage');
    const result = traceRequest(proxy, { to: 'reviews:8888' });
    const [step] = result.steps;
    if (step === undefined) throw new Error('the trace has no steps');
    const named = { ...result, steps: HOPS.map(hop => ({ ...step, hop })) };
    expect(schemaProblems('TraceResult', named)).toEqual([]);
  });
});
