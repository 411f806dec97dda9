import { describe, expect, it } from 'vitest';
import { withFindings } from '../../../src/findings/of-trace.js';
import { plain } from '../../../src/render/paint.js';
import { renderTraceList, type TraceListRow, traceListRow } from '../../../src/render/trace/list.js';
import type { TraceRequest } from '../../../src/trace/request.js';
import { traceRequest } from '../../../src/trace/trace.js';
import { proxyOf, snapshot } from '../../support/snapshot.js';

const REQUESTS = [
  { id: 'jason', to: 'reviews:8888', headers: { 'end-user': 'jason' } },
  { id: 'database', to: 'tcp://mysql:3306' },
  { to: 'http://bookinfo.example.com/nothing', path: '/a/rather/long/path?with=a&query=too' },
  { id: 'an-id-that-is-longer-than-it-should-be', to: 'tcp://203.0.113.9:9999' },
];

async function listAt(width: number): Promise<string[]> {
  const proxy = await proxyOf('bookinfo-1.1-registry-only', 'productpage');
  const known = await snapshot('bookinfo-1.1-registry-only');
  const results = REQUESTS.map((request, index) => withFindings(traceRequest(proxy, request, index + 1), known));
  return renderTraceList(results.map(traceListRow), { width, paint: plain }).trimEnd().split('\n');
}

/** Id, request, end, finding and cluster of one request, as nothing limits them. */
async function rowOf(name: string, proxyName: string, request: TraceRequest): Promise<TraceListRow> {
  const known = await snapshot(name);
  const traced = traceRequest(await proxyOf(name, proxyName), request, 1, { proxies: known.proxies });
  return traceListRow(withFindings(traced, known));
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
        "left out for want of room: FINDING, CLUSTER",
      ]
    `);
  });

  it('shows more at 100 columns', async () => {
    expect(await listAt(100)).toMatchInlineSnapshot(`
      [
        "ID                    REQUEST                    END                            FINDING",
        "jason                 GET http://reviews:8888/…  forwarded                      ejected-endpoints +1",
        "database              TCP 10.1.58.64:3306        forwarded                      -",
        "3                     GET http://bookinfo.exam…  responded 502 direct_response  egress-blackhole",
        "an-id-that-is-longe…  TCP 203.0.113.9:9999       blackholed UH                  egress-blackhole",
        "left out for want of room: CLUSTER",
      ]
    `);
  });

  it('shows all at 150 columns', async () => {
    expect(await listAt(150)).toMatchInlineSnapshot(`
      [
        "ID                    REQUEST                               END                            FINDING               CLUSTER",
        "jason                 GET http://reviews:8888/ with end-u…  forwarded                      ejected-endpoints +1  outbound|8888|v2|reviews.default.svc…",
        "database              TCP 10.1.58.64:3306                   forwarded                      -                     outbound|3306||mysql.default.svc.clu…",
        "3                     GET http://bookinfo.example.com/a/r…  responded 502 direct_response  egress-blackhole      -",
        "an-id-that-is-longe…  TCP 203.0.113.9:9999                  blackholed UH                  egress-blackhole      BlackHoleCluster",
      ]
    `);
  });

  it('fits even a very narrow terminal as far as the ends allow', async () => {
    const lines = await listAt(40);
    expect(lines.map(line => line.split(/ {2,}/)[0])).toEqual([
      ...['ID', 'jason', 'database', '3', 'an-id-that-is-longe…'],
      'left out for want of room: FINDING, CLUSTER',
    ]);
  });

  it('cuts nothing where nothing limits it', async () => {
    const [, jason = '', ...others] = await listAt(Number.POSITIVE_INFINITY);
    expect(jason.split(/ {2,}/)).toEqual([
      ...['jason', 'GET http://reviews:8888/ with end-user: jason', 'forwarded', 'ejected-endpoints +1'],
      'outbound|8888|v2|reviews.default.svc.cluster.local',
    ]);
    expect(others.join()).toContain('an-id-that-is-longer-than-it-should-be');
    expect(others.join()).not.toContain('…');
  });
});

describe('a row', () => {
  const MISSING = 'bookinfo-1.30-missing-subset';
  const TOMCATS =
    'outbound|8888|v1|mytomcat.default.svc.cluster.local, outbound|8888|v3|mytomcat.default.svc.cluster.local';
  const TOMCAT = 'outbound|8888|v2|mytomcat.default.svc.cluster.local';

  it.each<[string, string, string, TraceRequest, readonly string[]]>([
    [
      'the finding that explains the end',
      MISSING,
      'productpage',
      { to: 'mytomcat:8888', random: 95 },
      ['responded 503 NC', 'missing-subset', 'outbound|8888|v3|mytomcat.default.svc.cluster.local'],
    ],
    [
      'how many findings there are more',
      'bookinfo-1.30',
      'productpage',
      { to: 'mytomcat:8888', random: 95 },
      ['forwarded', 'ejected-endpoints +1', TOMCAT],
    ],
    ['the clusters of branches', MISSING, 'productpage', { to: 'mytomcat:8888' }, ['mixed', 'missing-subset', TOMCATS]],
    [
      'the reason for which there is no cluster',
      MISSING,
      'istio-ingressgateway',
      { to: 'http://bookinfo/nothing' },
      ['responded 404 NR', 'no-route-matches', 'no_route'],
    ],
    [
      'no reason twice, and no finding',
      'bookinfo-1.30',
      'mytomcat',
      { to: 'http://productpage:8888/moved' },
      ['responded 308 redirect', '-', '-'],
    ],
  ])('has %s', async (_, name, proxy, request, cells) => {
    expect((await rowOf(name, proxy, request)).slice(2)).toEqual(cells);
  });
});
