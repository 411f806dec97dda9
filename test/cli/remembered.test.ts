import { describe, expect, it } from 'vitest';
import { Remembered } from '../../src/cli/remembered.js';
import type { TraceRequest } from '../../src/trace/request.js';
import { traceRequest } from '../../src/trace/trace.js';
import { snapshot } from '../support/snapshot.js';

const { proxies } = await snapshot('bookinfo-1.30');
const productpage = proxies.find(({ name }) => name.startsWith('productpage'));

function answer(request: TraceRequest, position: number) {
  if (productpage === undefined) throw new Error('no productpage');
  return traceRequest(productpage, request, position, { proxies });
}

describe('equal requests', () => {
  it.each<[first: TraceRequest, second: TraceRequest]>([
    [{ to: 'details:8888' }, { to: 'details:8888' }],
    [
      { id: 'a', to: 'details:8888' },
      { id: 'b', to: 'details:8888' },
    ],
    [{ id: 'a', to: 'details:8888' }, { to: 'details:8888' }],
  ])('%j and %j have the answer that each would have alone', (first, second) => {
    const remembered = new Remembered();
    remembered.add(first, answer(first, 1));
    expect(remembered.get(second, 7)).toEqual(answer(second, 7));
  });

  it.each<TraceRequest>([
    { to: 'ratings:8888' },
    { to: 'details:8888', path: '/x' },
    { to: 'details:8888', headers: { a: 'b' } },
    { to: 'details:8888', random: 0 },
    { to: 'details:8888', proxy: 'reviews-v1' },
  ])('%j is another one', request => {
    const remembered = new Remembered();
    remembered.add({ to: 'details:8888' }, answer({ to: 'details:8888' }, 1));
    expect(remembered.get(request, 2)).toBeUndefined();
  });

  it('are forgotten when more has been read', () => {
    const remembered = new Remembered();
    remembered.add({ to: 'details:8888' }, answer({ to: 'details:8888' }, 1));
    remembered.clear();
    expect(remembered.get({ to: 'details:8888' }, 2)).toBeUndefined();
  });
});
