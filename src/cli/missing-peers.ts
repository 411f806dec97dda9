import type { TraceResult } from '../trace/result.js';

/** An address of IPv4, or of IPv6 in the brackets that a port needs. */
const ADDRESS = /\d{1,3}(?:\.\d{1,3}){3}|\[([0-9a-f:.]+)\]/gi;

/** All addresses that results speak of. */
export function addressesIn(results: readonly TraceResult[]): Set<string> {
  const addresses = new Set<string>();
  for (const result of results) {
    for (const [address, inBrackets] of JSON.stringify(result).matchAll(ADDRESS)) addresses.add(inBrackets ?? address);
  }
  return addresses;
}

/** Ends of requests to what a proxy does not know. */
const UNKNOWN_THERE: ReadonlySet<string | null> = new Set([
  'passthrough',
  'blackholed',
  'no_cluster',
  'direct_response',
  'no_virtual_host',
]);

/** Whether a request goes to what its proxy does not know. */
export function isUnknownThere({ outcome, reason }: TraceResult): boolean {
  return UNKNOWN_THERE.has(outcome) || UNKNOWN_THERE.has(reason);
}
