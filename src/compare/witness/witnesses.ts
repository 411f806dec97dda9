import type { ProxyConfig } from '../../model/proxy.js';
import type { Resource } from '../../model/resource.js';
import type { TraceRequest } from '../../trace/request.js';
import { clustersOfEndpoints } from '../drift/eds.js';
import type { Found } from '../drift/find.js';
import type { Side } from '../drift/side.js';
import { chainsOf, requestsThrough, tableNames, type Wanted } from './chain-requests.js';
import { mentioning, mentions } from './mentions.js';
import { touchedItems } from './touched.js';

const ALL: Wanted = { route: (_, route) => route !== null, tcp: true };

/** Requests of each side that go through what a difference touches, alternating, the same one once. None for resources that no request shows. */
export function* witnessesOf(found: Found, left: Side, right: Side): Generator<TraceRequest> {
  const seen = new Set<string>();
  for (const request of alternate(witnessesOn('left', left.traced, found), witnessesOn('right', right.traced, found))) {
    const text = JSON.stringify(request);
    if (seen.has(text)) continue;
    seen.add(text);
    yield request;
  }
}

function witnessesOn(side: 'left' | 'right', proxy: ProxyConfig, found: Found): Iterable<TraceRequest> {
  const { kind, name } = found.pair;
  switch (kind) {
    case 'listener':
      return throughListener(side, proxy, found);
    case 'route':
      return throughTable(side, proxy, found);
    case 'cluster':
      return toCluster(proxy, name);
    case 'endpoint':
      return each(clustersOfEndpoints(proxy, name), cluster => toCluster(proxy, cluster.name ?? ''));
    case 'secret':
    case 'ecds':
      return throughUsers(proxy, name);
    default:
      return [];
  }
}

function* throughListener(side: 'left' | 'right', proxy: ProxyConfig, { pair, paths }: Found): Generator<TraceRequest> {
  const listener = pair[side].active;
  if (listener === null) return;
  const [left, right] = [pair.left.active?.view ?? null, pair.right.active?.view ?? null];
  const touched = touchedItems('filter_chains', ['default_filter_chain'], paths, left, right)[side].map(
    ({ pointer }) => pointer,
  );
  const isDefaultTouched =
    left === null || right === null || paths.some(({ path }) => !path.startsWith('/filter_chains'));
  const last = listener.view.at('default_filter_chain');
  const chains = chainsOf(listener).filter(({ pointer }) =>
    pointer === last ? isDefaultTouched : touched.includes(pointer),
  );
  for (const chain of chains) yield* requestsThrough(proxy, listener, chain, ALL);
}

function* throughTable(side: 'left' | 'right', proxy: ProxyConfig, { pair, paths }: Found): Generator<TraceRequest> {
  const [left, right] = [pair.left.active?.view ?? null, pair.right.active?.view ?? null];
  const touched = new Set(touchedItems('virtual_hosts', [], paths, left, right)[side].map(({ pointer }) => pointer));
  const wanted: Wanted = { route: virtualHost => touched.has(virtualHost.pointer), tcp: false };
  yield* throughTableOf(proxy, pair.name, wanted);
}

/** Requests by every chain that takes a route table. */
function* throughTableOf(proxy: ProxyConfig, table: string, wanted: Wanted): Generator<TraceRequest> {
  for (const listener of mentioning(proxy, 'listener', table)) {
    for (const chain of chainsOf(listener)) {
      if (tableNames(chain).includes(table)) yield* requestsThrough(proxy, listener, chain, wanted);
    }
  }
}

/** Requests by the routes and TCP proxies that name a cluster. */
function* toCluster(proxy: ProxyConfig, cluster: string): Generator<TraceRequest> {
  const wanted: Wanted = { route: (_, route) => route !== null && mentions(route, cluster), tcp: true };
  for (const table of mentioning(proxy, 'route', cluster)) {
    if (!table.isStatic && table.name !== null) yield* throughTableOf(proxy, table.name, { ...wanted, tcp: false });
  }
  for (const listener of mentioning(proxy, 'listener', cluster))
    yield* throughMentioning(proxy, listener, cluster, wanted);
}

/** Requests by what uses a secret or an extension: chains, and clusters. */
function* throughUsers(proxy: ProxyConfig, name: string): Generator<TraceRequest> {
  for (const listener of mentioning(proxy, 'listener', name)) yield* throughMentioning(proxy, listener, name, ALL);
  for (const cluster of mentioning(proxy, 'cluster', name)) yield* toCluster(proxy, cluster.name ?? '');
}

function* throughMentioning(
  proxy: ProxyConfig,
  listener: Resource,
  name: string,
  wanted: Wanted,
): Generator<TraceRequest> {
  for (const chain of chainsOf(listener))
    if (mentions(chain, name)) yield* requestsThrough(proxy, listener, chain, wanted);
}

function* each<T>(items: Iterable<T>, requests: (item: T) => Iterable<TraceRequest>): Generator<TraceRequest> {
  for (const item of items) yield* requests(item);
}

/** One of each in turn, so that a limit does not cut one side off. */
function* alternate<T>(first: Iterable<T>, second: Iterable<T>): Generator<T> {
  const open = [first[Symbol.iterator](), second[Symbol.iterator]()];
  while (open.length > 0) {
    for (const iterator of [...open]) {
      const next = iterator.next();
      if (next.done === true) open.splice(open.indexOf(iterator), 1);
      else yield next.value;
    }
  }
}
