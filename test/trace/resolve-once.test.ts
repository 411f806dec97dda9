import { describe, expect, it } from 'vitest';
import type { TraceRequest } from '../../src/trace/request.js';
import { resolveRequest } from '../../src/trace/resolve.js';
import { resolveOnce } from '../../src/trace/resolve-once.js';
import { RequestError } from '../../src/trace/target.js';
import { proxyOf } from '../support/snapshot.js';

/** Requests that differ in one thing each from another one. */
const REQUESTS: readonly TraceRequest[] = [
  { to: 'reviews:8888' },
  { to: 'reviews:8888', path: '/a' },
  { to: 'reviews:8888', path: '' },
  { to: 'reviews:8888', id: 'own' },
  { to: 'reviews:8888', method: 'PUT' },
  { to: 'reviews:8888', method: 'CONNECT' },
  { to: 'reviews:8888', headers: { a: '1' } },
  { to: 'reviews:8888', headers: { a: '2' } },
  { to: 'reviews:8888', from: { ip: '10.0.0.7' } },
  { to: 'http://reviews:8888/b' },
  { to: 'http://reviews:8888/b', path: '/a' },
  { to: 'http://reviews:8888/c' },
  { to: 'nobody:1' },
  { ip: '10.0.0.7', port: 80 },
  { ip: '10.0.0.7', port: 81 },
];

describe('resolveOnce', () => {
  it('gives each request what resolveRequest gives it, whatever was resolved before', async () => {
    const proxy = await proxyOf('bookinfo-1.30', 'productpage');
    const asked = [...REQUESTS, ...[...REQUESTS].reverse()];
    for (const [i, request] of asked.entries()) {
      const assumed = i % 2 === 0 ? [] : ['something is assumed'];
      expect(resolveOnce(request, proxy, i, assumed)).toEqual(resolveRequest(request, proxy, i, assumed));
    }
  });

  it.each<[string, object]>([
    ['no destination', { path: '/' }],
    ['a path that is no text', { to: 'reviews:8888', path: ['/'] }],
    ['a destination that is none', { to: ':' }],
  ])('refuses %s each time', async (_, request) => {
    const proxy = await proxyOf('bookinfo-1.30', 'productpage');
    for (let i = 0; i < 2; i++) expect(() => resolveOnce(request, proxy, 1, [])).toThrow(RequestError);
  });
});
