import type { TraceRequest } from '../trace/request.js';
import type { TraceResult } from '../trace/result.js';
import type { Loaded } from './load.js';

/** An address of IPv4, or of IPv6 in the brackets that a port needs. */
const ADDRESS = /\d{1,3}(?:\.\d{1,3}){3}|\[([0-9a-f:.]+)\]/gi;

/** Traces a request; its position among all is its id unless it has one. */
type Trace = (request: TraceRequest, position: number) => TraceResult;

/** Results, and the configuration that they rest on. */
export interface Traced {
  readonly loaded: Loaded;
  readonly results: readonly TraceResult[];
}

interface Asked {
  readonly request: TraceRequest;
  readonly position: number;
}

/**
 * Traces, reads the proxies behind the endpoints that were reached, and traces again until no further one is reached. Of many requests
 * one to each destination is asked first, so that few are traced in vain. Where a request goes to what its proxy does not know, some of
 * the other proxies are read as well, so that the findings can tell who knows it.
 */
export async function traceWithPeers(
  first: Loaded,
  requests: readonly TraceRequest[],
  tracer: (loaded: Loaded) => Trace,
): Promise<Traced> {
  const all = requests.map((request, index) => ({ request, position: index + 1 }));
  const some = first.withPeers === undefined ? [] : oneToEachDestination(all);
  const { loaded } = some.length === all.length ? { loaded: first } : await traceAll(first, some, tracer);
  const traced = await traceAll(loaded, all, tracer);
  return { ...traced, loaded: await withOthers(traced.loaded, traced.results) };
}

async function traceAll(first: Loaded, asked: readonly Asked[], tracer: (loaded: Loaded) => Trace): Promise<Traced> {
  let loaded = first;
  for (;;) {
    const trace = tracer(loaded);
    const results = asked.map(({ request, position }) => trace(request, position));
    const more = (await loaded.withPeers?.(addressesIn(results))) ?? null;
    if (more === null) return { loaded, results };
    loaded = more;
  }
}

function oneToEachDestination(asked: readonly Asked[]): Asked[] {
  const found = new Map<string, Asked>();
  for (const one of asked) {
    const { proxy, to, ip, port, direction } = one.request;
    const key = JSON.stringify([proxy, to, ip, port, direction]);
    if (!found.has(key)) found.set(key, one);
  }
  return [...found.values()];
}

/** Ends of requests to what a proxy does not know. */
const UNKNOWN_THERE: ReadonlySet<string | null> = new Set([
  'passthrough',
  'blackholed',
  'no_cluster',
  'direct_response',
  'no_virtual_host',
]);

async function withOthers(loaded: Loaded, results: readonly TraceResult[]): Promise<Loaded> {
  const isUnknown = results.some(({ outcome, reason }) => UNKNOWN_THERE.has(outcome) || UNKNOWN_THERE.has(reason));
  return isUnknown ? ((await loaded.withOthers?.()) ?? loaded) : loaded;
}

function addressesIn(results: readonly TraceResult[]): Set<string> {
  const addresses = new Set<string>();
  for (const result of results) {
    for (const [address, inBrackets] of JSON.stringify(result).matchAll(ADDRESS)) addresses.add(inBrackets ?? address);
  }
  return addresses;
}
