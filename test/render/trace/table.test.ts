import { describe, expect, it } from 'vitest';
import { TEXTS } from '../../../src/render/lang/texts.js';
import { coloured, plain } from '../../../src/render/paint.js';
import { renderTrace } from '../../../src/render/trace/table.js';
import type { Endpoint, Step, TraceResult } from '../../../src/trace/result.js';
import { traceRequest } from '../../../src/trace/trace.js';
import { proxyOf, snapshot } from '../../support/snapshot.js';

async function resultOf(
  name: string,
  proxy: string,
  request: Parameters<typeof traceRequest>[1],
): Promise<TraceResult> {
  const { proxies } = await snapshot(name);
  return traceRequest(await proxyOf(name, proxy), request, 1, { proxies });
}

const narrow = { width: 80, paint: plain, verbose: false, texts: TEXTS.en.trace };

describe('a trace as a table', () => {
  it.each([
    ['forwarded', 'bookinfo-1.1', 'productpage', { to: 'reviews:8888' }],
    ['branches', 'bookinfo-1.30', 'productpage', { to: 'reviews:8888', path: '/reviews/0' }],
    [
      'missing-subset',
      'bookinfo-1.30-missing-subset',
      'productpage',
      { to: 'mytomcat:8888', headers: { 'x-canary': 'yes' } },
    ],
    ['rejected-listener', 'bookinfo-1.30-faulted', 'productpage', { to: 'tcp://mysql:3306' }],
  ])('%s, at 80 and 140 columns and with -v', async (id, name, proxy, request) => {
    const result = await resultOf(name, proxy, request);
    const pages = [narrow, { ...narrow, width: 140 }, { ...narrow, verbose: true }].map(view =>
      renderTrace(result, view),
    );
    await expect(pages.join(`${'='.repeat(80)}\n`)).toMatchFileSnapshot(`__snapshots__/trace-table/${id}.txt`);
  });

  it('says a name once while steps go on with it', async () => {
    const result = await resultOf('bookinfo-1.1-registry-only', 'productpage', { to: 'tcp://mysql:3306' });
    const page = renderTrace(result, narrow);
    expect(page.match(/outbound\|3306\|\|mysql/g)).toHaveLength(1);
  });

  it('colours marks and outcome by how they end', async () => {
    const result = await resultOf('bookinfo-1.30-missing-subset', 'productpage', {
      to: 'mytomcat:8888',
      headers: { 'x-canary': 'yes' },
    });
    const page = renderTrace(result, { ...narrow, paint: coloured });
    expect(page).toContain('\u001b[32m✓\u001b[0m action');
    expect(page).toContain('\u001b[31m✗\u001b[0m cluster');
    expect(page).toContain('\u001b[31mRESPONDED\u001b[0m  Envoy answers 503');
  });

  it.each([
    [5, 5, 0],
    [6, 4, 2],
    [40, 4, 36],
  ])('of %i endpoints shows %i', async (count, shown, more) => {
    const result = withEndpoints(
      await resultOf('bookinfo-1.1-registry-only', 'productpage', { to: 'reviews:8888' }),
      count,
    );
    const page = renderTrace(result, narrow);
    expect(page.match(/· 10\.9\.9\.\d+:80/g)).toHaveLength(shown);
    if (more > 0) expect(page).toContain(`· and ${more} more (-v shows all)`);
    expect(renderTrace(result, { ...narrow, verbose: true }).match(/· 10\.9\.9\.\d+:80/g)).toHaveLength(count);
  });

  it('lists with -v what was assumed on both sides, each once', async () => {
    const whole = await resultOf('bookinfo-1.30', 'productpage', { to: 'reviews:8888', random: 0 });
    const { peer } = whole;
    if (peer === undefined) throw new Error('the receiving side is not in the snapshot');
    const result = { ...whole, assumptions: ['one', 'both'], peer: { ...peer, assumptions: ['both', 'the other'] } };
    expect(renderTrace(result, { ...narrow, verbose: true })).toMatch(
      /\nAssumed\n {2}- one\n {2}- both\n {2}- the other\n$/,
    );
  });

  it('lists what is missing', async () => {
    const result = await resultOf('bookinfo-1.1-registry-only', 'productpage', { to: 'reviews:8888' });
    expect(renderTrace({ ...result, missing: ['the source principal (from.principal)'] }, narrow)).toMatch(
      /\n\nMissing\n {2}- the source principal \(from\.principal\)\n$/,
    );
  });
});

/** The result with other endpoints, told by its last own step. */
function withEndpoints(result: TraceResult, count: number): TraceResult {
  const addresses = Array.from({ length: count }, (_, index) => `10.9.9.${index}:80`);
  const endpoints: Endpoint[] = addresses.map(address => ({
    address,
    health: 'HEALTHY',
    priority: 0,
    locality: '',
    share: 1 / count,
  }));
  const steps: Step[] = result.steps.map(step => (step.hop === 'endpoints' ? { ...step, details: addresses } : step));
  const { peer: _, ...own } = result;
  return { ...own, endpoints, steps };
}
