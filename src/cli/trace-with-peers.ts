import type { TraceResult } from '../trace/result.js';
import type { Loaded } from './load.js';

/** An address of IPv4, or of IPv6 in the brackets that a port needs. */
const ADDRESS = /\d{1,3}(?:\.\d{1,3}){3}|\[([0-9a-f:.]+)\]/gi;

/** Results, and the configuration that they rest on. */
export interface Traced {
  readonly loaded: Loaded;
  readonly results: readonly TraceResult[];
}

/** Traces, reads the proxies behind the endpoints that were reached, and traces again until no further one is reached. */
export async function traceWithPeers(
  first: Loaded,
  traceAll: (loaded: Loaded) => readonly TraceResult[],
): Promise<Traced> {
  let loaded = first;
  for (;;) {
    const results = traceAll(loaded);
    const more = (await loaded.withPeers?.(addressesIn(results))) ?? null;
    if (more === null) return { loaded, results };
    loaded = more;
  }
}

function addressesIn(results: readonly TraceResult[]): Set<string> {
  const found = JSON.stringify(results).matchAll(ADDRESS);
  return new Set([...found].map(([address, inBrackets]) => inBrackets ?? address));
}
