import { matchListenerPredicate } from '../../match/listener-predicate.js';
import { isUnknown } from '../../match/ternary.js';
import { type Extension, extensionOf } from '../../model/extension.js';
import type { View } from '../../model/view.js';
import { evidenceOf } from '../evidence.js';
import type { Tracing } from '../tracing.js';

/** What a listener filter tells the hops behind it; null where it changes nothing that they see. */
type Effect = (trace: Tracing, filter: Extension) => string;

const EFFECTS: Record<string, Effect> = {
  tls_inspector: tlsInspector,
  http_inspector: httpInspector,
  original_dst: () => 'restores the original destination',
  proxy_protocol: trace => {
    trace.assumptions.add('the client sends a PROXY protocol header, as the proxy_protocol listener filter demands');
    return 'reads the client’s address from a PROXY header';
  },
  original_src: () => 'keeps the client’s address upstream',
  local_ratelimit: () => 'may close connections over its rate',
  set_filter_state: () => 'sets filter state',
  connect_handler: () => 'takes the destination from the outer CONNECT request',
  metadata_exchange: () => 'exchanges peer metadata',
};

/**
 * What the listener finds out before it looks for a filter chain: without TLS inspector no SNI and transport protocol `raw_buffer`.
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/listeners/listener_filters/listener_filters
 */
export function listenerFilters(trace: Tracing): void {
  const { listener } = trace;
  if (listener === null) return;
  const filters = listener.view.list('listener_filters');
  const details = filters.map(filter => describe(trace, filter));
  const { sni, applicationProtocols, transportProtocol } = trace.connection;
  const protocols =
    applicationProtocols.length === 0
      ? 'no application protocol seen'
      : `application protocol ${applicationProtocols.join(', ')}`;
  const unseen = trace.request.sni === null ? 'no SNI' : 'SNI not seen: no TLS inspector on this port';
  trace.step('listener-filters', 'matched', {
    pointer: listener.view.at('listener_filters'),
    why: `transport protocol ${transportProtocol}, ${sni === null ? unseen : `SNI ${sni}`}, ${protocols}`,
    details,
    evidence: [evidenceOf(listener, listener.view.at('listener_filters'))],
  });
}

function describe(trace: Tracing, view: View): string {
  const filter = extensionOf(view);
  const label = filter.name ?? filter.kind;
  const disabled = view.get('filter_disabled');
  const isDisabled = disabled === undefined ? false : matchListenerPredicate(disabled, trace.request.port);
  if (isUnknown(isDisabled)) {
    trace.assumptions.add(`listener filter ${label} runs: ${isDisabled.what}`);
  } else if (isDisabled) return `${label}: switched off for port ${trace.request.port}`;
  const effect = EFFECTS[filter.kind];
  if (effect !== undefined) return `${label}: ${effect(trace, filter)}`;
  trace.assumptions.add(`listener filter ${label} (${filter.type ?? 'no type'}) lets the connection pass unchanged`);
  return `${label}: not known to mesh-trace, taken as letting the connection pass`;
}

function tlsInspector(trace: Tracing): string {
  const { request, connection } = trace;
  if (request.tls === 'plaintext') return 'sees no TLS';
  connection.transportProtocol = 'tls';
  connection.sni = request.sni?.toLowerCase() ?? null;
  connection.applicationProtocols = [...request.alpn];
  return `sees TLS${request.sni === null ? '' : ` with SNI ${request.sni}`}`;
}

/** The HTTP inspector looks at plaintext only: h2c by the HTTP/2 preface. */
function httpInspector(trace: Tracing): string {
  const { request, connection } = trace;
  if (request.tls !== 'plaintext') return 'sees no plaintext HTTP';
  if (request.protocol === 'tcp') return 'sees no HTTP';
  connection.applicationProtocols = [request.protocol === 'http' ? 'http/1.1' : 'h2c'];
  return `sees ${connection.applicationProtocols.join()}`;
}
