import type { ProxyConfig } from '../model/proxy.js';
import type { TraceRequest } from './request.js';
import type { Step, TraceResult } from './result.js';
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
 * Of several gateways the first step says what each of the others does with it.
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
  return results.length === 1 ? chosen : { ...chosen, steps: [choiceStep(chosen, results), ...chosen.steps] };
}

/** Which gateway is traced, and what the others would do. */
function choiceStep(chosen: TraceResult, results: readonly TraceResult[]): Step {
  const others = results.filter(result => result !== chosen);
  const isTaken = takes(chosen);
  return {
    hop: 'capture',
    status: isTaken ? 'matched' : 'rejected',
    name: chosen.proxy,
    pointer: null,
    why: isTaken ? 'a gateway that takes it' : 'no gateway takes it; this one is shown',
    details: others.map(
      other =>
        `gateway ${other.proxy} ${takes(other) ? 'takes it as well' : 'does not take it'}: ${other.sentence.replace(/\.$/, '')}`,
    ),
    candidates: [],
    evidence: [],
    istioctl: [],
  };
}

function takes({ reason }: TraceResult): boolean {
  return reason === null || !NOT_TAKEN.has(reason);
}
