import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decode } from '../../src/decode/decode.js';
import { parseProxyStatus } from '../../src/decode/proxy-status/parse.js';
import { checkSnapshot } from '../../src/findings/check.js';
import { findingsOfTrace } from '../../src/findings/of-trace.js';
import { type Snapshot, snapshotOf } from '../../src/model/snapshot.js';
import { documentOf } from '../../src/source/document.js';
import type { TraceRequest } from '../../src/trace/request.js';
import { traceRequest } from '../../src/trace/trace.js';
import { EditedDump, named, proxiesOf } from '../support/edited.js';
import { assignment, edsCluster, lbEndpoint } from '../support/messages.js';
import type { Json } from '../support/minimal-proxy.js';
import { snapshot } from '../support/snapshot.js';
import { line, snapshotOfProxies } from './support/findings.js';

const MESH = 'bookinfo-1.30';

type Edit = (dump: EditedDump) => void;

/** The findings of a trace through a real dump with one thing changed. */
async function found(pod: string, request: TraceRequest, edit: (dump: EditedDump) => void) {
  const dump = new EditedDump(MESH, pod);
  edit(dump);
  const proxies = await proxiesOf(dump);
  const proxy = named(proxies, pod);
  return findingsOfTrace(traceRequest(proxy, request, 1, { proxies }), proxy, snapshotOfProxies(...proxies));
}

/** What a check tells of the whole mesh beyond what it tells without the change: each finding once. */
async function checkedMesh(pod: string, edit: Edit, cut = 1): Promise<string[]> {
  const dumps = readdirSync(`snapshots/${MESH}`, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(({ name }) => new EditedDump(MESH, name));
  const dump = dumps.find(({ pod: name }) => name.startsWith(pod));
  if (dump === undefined) throw new Error(`${MESH} has no ${pod}`);
  const before = checkSnapshot(await meshOf(dumps, dump, 1));
  edit(dump);
  const after = checkSnapshot(await meshOf(dumps, dump, cut));
  const known = new Set(before.map(line));
  return [...new Set(after.map(line).filter(text => !known.has(text)))];
}

/** The mesh of these dumps; of one only a part is read, its first bytes. */
async function meshOf(dumps: readonly EditedDump[], one: EditedDump, part: number): Promise<Snapshot> {
  const documents = dumps.map(dump => {
    const bytes = Buffer.from(dump.text());
    const read = dump === one ? bytes.subarray(0, Math.ceil(bytes.length * part)) : bytes;
    return documentOf(`${dump.pod}/config_dump.json`, read);
  });
  return snapshotOf((await Promise.all(documents.map(decode))).flat());
}

function routesOf(dump: EditedDump, table: string, host: string): Json[] {
  const hosts = dump.find('route', table).virtual_hosts as Json[];
  const virtualHost = hosts.find(({ name }) => String(name).startsWith(host));
  return (virtualHost?.routes ?? []) as Json[];
}

describe('a real dump with one thing wrong', () => {
  const REVIEWS = 'outbound|8888|v1|reviews.default.svc.cluster.local';

  it.each<[string, string, TraceRequest, (dump: EditedDump) => void, string]>([
    [
      'a subset that is gone',
      'productpage',
      { to: 'reviews:8888', random: 1 },
      dump => dump.drop('cluster', name => name === REVIEWS),
      'error missing-subset DestinationRule default/reviews',
    ],
    [
      'a port that the service has not',
      'productpage',
      { to: 'ratings:8888' },
      dump => {
        for (const route of routesOf(dump, '8888', 'ratings'))
          route.route = { cluster: 'outbound|9999||ratings.default.svc.cluster.local' };
      },
      'error cluster-not-found VirtualService default/ratings',
    ],
    [
      'a route table that has not come',
      'productpage',
      { to: 'reviews:8888' },
      dump => dump.drop('route', name => name === '8888'),
      'error missing-route-table route 8888',
    ],
    [
      'a service without pods',
      'productpage',
      { to: 'ledger.secure:8888' },
      dump => {
        dump.find('endpoint', 'outbound|8888||ledger.secure.svc.cluster.local').endpoints = [];
      },
      'error no-endpoints Service secure/ledger',
    ],
    [
      'a pattern that is not RE2',
      'productpage',
      { to: 'reviews:8888', path: '/a' },
      dump => {
        const [first] = routesOf(dump, '8888', 'reviews');
        if (first !== undefined) first.match = { safe_regex: { regex: '/(?!b)' } };
      },
      'error regex-not-re2 VirtualService default/reviews',
    ],
    [
      'a host of another namespace',
      'productpage',
      { to: 'http://ledger:8888/', ip: '10.9.9.9' },
      () => {},
      'warning host-not-in-registry Service default/(none)',
    ],
  ])('%s', async (_, pod, request, edit, expected) => {
    const [first] = await found(pod, request, edit);
    expect(first === undefined ? null : line(first)).toBe(expected);
  });

  it('names the namespace in which the service is', async () => {
    const [first] = await found('productpage', { to: 'http://ledger:8888/', ip: '10.9.9.9' }, () => {});
    expect(first?.remedy).toContain('call it as `ledger.secure`');
  });
});

describe('a real mesh with one thing wrong', () => {
  const NOTHING: Edit = () => {};

  it.each<[string, string, Edit, number, string[]]>([
    ['nothing', 'productpage', NOTHING, 1, []],
    [
      'a TCP service without an address on a port of HTTP',
      'productpage',
      dump => {
        const name = 'outbound|8888||queue.default.svc.cluster.local';
        dump.add('cluster', edsCluster(name));
        dump.add('endpoint', assignment(name, [lbEndpoint('10.244.9.9:8888')]));
      },
      1,
      ['warning protocol-conflict-port Service default/queue'],
    ],
    [
      'a TLS inspector that is gone',
      'istio-ingressgateway',
      dump => {
        const listener = dump.find('listener', '0.0.0.0_8443');
        listener.listener_filters = (listener.listener_filters as Json[]).filter(
          ({ name }) => name !== 'envoy.filters.listener.tls_inspector',
        );
      },
      1,
      ['warning shadowed-chain Gateway default/bookinfo-gateway', 'warning shadowed-chain listener 0.0.0.0_8443'],
    ],
    ...[0.05, 0.2, 0.4, 0.6, 0.8, 0.98].map((part): [string, string, Edit, number, string[]] => [
      `a dump of which ${part} is there`,
      'productpage',
      NOTHING,
      part,
      ['warning truncated-dump Pod default/productpage-v1-6d8bc58dd7-hjw6r'],
    ]),
  ])('%s', async (_, pod, edit, part, expected) => {
    expect(await checkedMesh(pod, edit, part)).toEqual(expected);
  });

  it('a proxy that istiod does not list', async () => {
    const { proxies, ...rest } = await snapshot(MESH);
    const head = 'NAME CLUSTER CDS LDS EDS RDS ISTIOD VERSION'.split(' ');
    const rows = proxies
      .filter(({ name }) => !name.startsWith('ratings'))
      .map(({ name }) => [name, 'Kubernetes', 'SYNCED', 'SYNCED', 'SYNCED', 'SYNCED', 'istiod-1', '1.30.3']);
    const text = [head, ...rows]
      .map(cells =>
        cells
          .map(cell => cell.padEnd(50))
          .join(' ')
          .trimEnd(),
      )
      .join('\n');
    const known = new Set(checkSnapshot({ proxies, ...rest }).map(line));
    const found = checkSnapshot({ proxies, ...rest }, { status: parseProxyStatus(`${text}\n`) }).map(line);
    expect(found.filter(item => !known.has(item))).toEqual([
      'error proxy-not-connected Proxy default/ratings-v1-b6994bb9c-l65bl',
    ]);
  });
});
