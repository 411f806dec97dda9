import { describe, expect, it } from 'vitest';
import { plain } from '../../src/render/paint.js';
import { renderTraceList, traceListRow } from '../../src/render/trace-list.js';
import { traceRequest } from '../../src/trace/trace.js';
import { proxyOf } from '../support/snapshot.js';

const REQUESTS = [
  { id: 'jason', to: 'reviews:8888', headers: { 'end-user': 'jason' } },
  { id: 'database', to: 'tcp://mysql:3306' },
  { to: 'http://bookinfo.example.com/nothing', path: '/a/rather/long/path?with=a&query=too' },
  { id: 'an-id-that-is-longer-than-it-should-be', to: 'tcp://203.0.113.9:9999' },
];

async function listAt(width: number): Promise<string[]> {
  const proxy = await proxyOf('bookinfo-1.1-registry-only', 'productpage');
  const results = REQUESTS.map((request, index) => traceRequest(proxy, request, index + 1));
  return renderTraceList(results.map(traceListRow), { width, paint: plain }).trimEnd().split('\n');
}

describe('a list of results', () => {
  it('is one row each, at 80 columns', async () => {
    expect(await listAt(80)).toMatchInlineSnapshot(`
      [
        "ID                    REQUEST                      END",
        "jason                 GET http://reviews:8888/ w…  forwarded",
        "database              TCP 10.1.58.64:3306          forwarded",
        "3                     GET http://bookinfo.exampl…  responded 502 direct_response",
        "an-id-that-is-longe…  TCP 203.0.113.9:9999         blackholed UH",
        "left out for want of room: CLUSTER",
      ]
    `);
  });

  it('shows more at 140 columns', async () => {
    expect(await listAt(140)).toMatchInlineSnapshot(`
      [
        "ID                    REQUEST                                     END                            CLUSTER",
        "jason                 GET http://reviews:8888/ with end-user: j…  forwarded                      outbound|8888|v2|reviews.default.svc.clust…",
        "database              TCP 10.1.58.64:3306                         forwarded                      outbound|3306||mysql.default.svc.cluster.l…",
        "3                     GET http://bookinfo.example.com/a/rather/…  responded 502 direct_response  Envoy answers 502 itself: virtual host blo…",
        "an-id-that-is-longe…  TCP 203.0.113.9:9999                        blackholed UH                  BlackHoleCluster",
      ]
    `);
  });

  it('fits even a very narrow terminal as far as the ends allow', async () => {
    const lines = await listAt(40);
    expect(lines.map(line => line.split(/ {2,}/)[0])).toEqual([
      ...['ID', 'jason', 'database', '3', 'an-id-that-is-longe…'],
      'left out for want of room: CLUSTER',
    ]);
  });

  it('cuts nothing where nothing limits it', async () => {
    const [, jason = '', ...others] = await listAt(Number.POSITIVE_INFINITY);
    expect(jason.split(/ {2,}/)).toEqual([
      ...['jason', 'GET http://reviews:8888/ with end-user: jason', 'forwarded'],
      'outbound|8888|v2|reviews.default.svc.cluster.local',
    ]);
    expect(others.join()).toContain('an-id-that-is-longer-than-it-should-be');
    expect(others.join()).not.toContain('…');
  });
});
