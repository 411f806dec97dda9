import type { TraceResult } from '../trace/result.js';
import type { Loaded } from './load.js';

/** An address of IPv4, or of IPv6 in the brackets that a port needs. */
const ADDRESS = /\d{1,3}(?:\.\d{1,3}){3}|\[([0-9a-f:.]+)\]/gi;

/** Results, and the configuration that they rest on. */
export interface Traced {
  readonly loaded: Loaded;
  readonly results: readonly TraceResult[];
}

/**
 * Traces, reads the proxies behind the endpoints that were reached, and traces again until no further one is reached. Where a request goes
 * to what its proxy does not know, some of the other proxies are read as well, so that the findings can tell who knows it.
 */
export async function traceWithPeers(
  first: Loaded,
  traceAll: (loaded: Loaded) => readonly TraceResult[],
): Promise<Traced> {
  let loaded = first;
  for (;;) {
    const results = traceAll(loaded);
    const more = (await loaded.withPeers?.(addressesIn(results))) ?? null;
    if (more === null) return { loaded: await withOthers(loaded, results), results };
    loaded = more;
  }
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
  const found = JSON.stringify(results).matchAll(ADDRESS);
  return new Set([...found].map(([address, inBrackets]) => inBrackets ?? address));
}
