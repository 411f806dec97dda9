import { describe, expect, it } from 'vitest';
import { toJsonText } from '../../../src/render/serialise.js';
import { traceLine } from '../../../src/render/trace/line.js';
import type { TraceResult } from '../../../src/trace/result.js';
import { traceRequest } from '../../../src/trace/trace.js';
import { snapshot } from '../../support/snapshot.js';

const asText = (result: TraceResult) =>
  traceLine(result)
    .map(part => (typeof part === 'string' ? part : Buffer.from(part).toString()))
    .join('');

describe('traceLine', () => {
  it('gives the JSON of whole results, of both halves and with shared steps, whatever came before', async () => {
    const { proxies } = await snapshot('bookinfo-1.30');
    const [client] = proxies.filter(({ name }) => name.startsWith('productpage'));
    if (client === undefined) throw new Error('the snapshot has no productpage');
    const paths = ['/reviews/0', '/reviews/1', '/\u009b31m', '/reviews/0', '/é…'];
    for (const [i, path] of paths.entries()) {
      const result = traceRequest(client, { to: 'reviews:8888', path }, i + 1, { proxies });
      expect(result.peer).toBeDefined();
      expect(asText(result)).toBe(`${toJsonText(result)}\n`);
    }
  });

  it('remembers the bytes of frozen steps only', async () => {
    const { proxies } = await snapshot('bookinfo-1.30');
    const [proxy] = proxies;
    if (proxy === undefined) throw new Error('the snapshot has no proxy');
    const result = traceRequest(proxy, { to: 'reviews:8888' });
    const steps = result.steps.map(step => ({ ...step }));
    const own = { ...result, steps };
    const [first] = steps;
    if (first === undefined) throw new Error('the result has no steps');
    asText(own);
    first.why = 'changed';
    expect(asText(own)).toBe(`${toJsonText(own)}\n`);
  });
});
