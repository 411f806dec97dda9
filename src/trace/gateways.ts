import type { ProxyConfig } from '../model/proxy.js';
import type { TraceRequest } from './request.js';
import type { TraceResult } from './result.js';
import type { TraceSettings } from './settings.js';
import { traceRequest } from './trace.js';

/** Ends that say: this gateway has nothing for such a request. */
const NOT_TAKEN = new Set([
  'no_listener',
  'no_filter_chain',
  'no_filters',
  'no_virtual_host',
  'no_route',
  'tls_error',
  'protocol_error',
]);

/**
 * A request from outside the mesh at every gateway: the result of the first that takes it, else of the first; null where there is no gateway.
 * What the others do with it stands among the assumptions.
 */
export function traceFromInternet(
  proxies: readonly ProxyConfig[],
  request: TraceRequest,
  position: number,
  settings: TraceSettings,
): TraceResult | null {
  const gateways = proxies.filter(({ node }) => node?.type === 'router');
  const results = gateways.map(gateway =>
    traceRequest(gateway, { ...request, direction: 'gateway' }, position, settings),
  );
  const chosen = results.find(takes) ?? results[0];
  if (chosen === undefined) return null;
  for (const other of results.filter(result => result !== chosen)) {
    const what = takes(other) ? 'takes it as well' : 'does not take it';
    chosen.assumptions.push(`gateway ${other.proxy} ${what}: ${other.sentence.replace(/\.$/, '')}`);
  }
  return chosen;
}

function takes({ reason }: TraceResult): boolean {
  return reason === null || !NOT_TAKEN.has(reason);
}
