import { describe, expect, it } from 'vitest';
import { findingsOfTrace } from '../../src/findings/of-trace.js';
import type { TraceRequest } from '../../src/trace/request.js';
import { traceRequest } from '../../src/trace/trace.js';
import { EditedDump, named, proxiesOf } from '../support/edited.js';
import type { Json } from '../support/minimal-proxy.js';
import { line, snapshotOfProxies } from './support/findings.js';

/** The findings of a trace through a real dump with one thing changed. */
async function found(pod: string, request: TraceRequest, edit: (dump: EditedDump) => void) {
  const dump = new EditedDump('bookinfo-1.30', pod);
  edit(dump);
  const proxies = await proxiesOf(dump);
  const proxy = named(proxies, pod);
  return findingsOfTrace(traceRequest(proxy, request, 1, { proxies }), proxy, snapshotOfProxies(...proxies));
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
