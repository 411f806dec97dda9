import { matchListenerPredicate } from '../../match/listener-predicate.js';
import { isUnknown } from '../../match/ternary.js';
import { type Extension, extensionOf } from '../../model/extension.js';
import type { View } from '../../model/view.js';
import { evidenceOf } from '../evidence.js';
import { setFilterState } from '../filter-state.js';
import { HTTP_10, isHttp10 } from '../http-version.js';
import type { Tracing } from '../tracing.js';
import { injectsTlsInspector, inspectTls } from './tls-inspector.js';

/** What a listener filter does to the connection, in one line. */
type Effect = (trace: Tracing, filter: Extension) => string;

const EFFECTS: Record<string, Effect> = {
  tls_inspector: inspectTls,
  http_inspector: inspectHttp,
  original_dst: () => 'restores the original destination',
  proxy_protocol: readProxyProtocol,
  original_src: () => 'keeps the client’s address upstream',
  local_ratelimit: trace => {
    trace.assumptions.add('the listener’s local rate limit has room for the connection');
    return 'closes connections over its rate';
  },
  set_filter_state: (trace, { config }) => {
    setFilterState(trace, config.list('on_accept'));
    return 'sets filter state';
  },
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
  const { view } = listener;
  const details = view.list('listener_filters').map(filter => describe(trace, filter));
  if (readsProxyHeader(view)) details.push(`use_proxy_proto: ${readProxyProtocol(trace)}`);
  if (injectsTlsInspector(trace, view))
    details.push(`tls_inspector, which this old Envoy adds by itself: ${inspectTls(trace)}`);
  if (holdsSilentClients(trace, view))
    details.push(`a client that waits for the server’s first bytes is held for ${timeoutOf(view)}`);
  trace.step('listener-filters', 'matched', {
    pointer: view.at('listener_filters'),
    why: found(trace),
    details,
    evidence: [evidenceOf(listener, view.at('listener_filters'))],
  });
}

/** What is seen of the connection; what is not, with the reason. */
function found({ request, connection }: Tracing): string {
  const { sni, applicationProtocols, transportProtocol } = connection;
  const unseen = request.sni === null ? 'no SNI' : 'SNI not seen: no TLS inspector on this port';
  const protocols = applicationProtocols.join(', ');
  return [
    `transport protocol ${transportProtocol}`,
    sni === null ? unseen : `SNI ${sni}`,
    protocols === '' ? 'no application protocol seen' : `application protocol ${protocols}`,
  ].join(', ');
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

/** The HTTP inspector looks at plaintext only: the HTTP/2 preface is h2c, a request line names its version. */
function inspectHttp({ request, connection }: Tracing): string {
  if (request.tls !== 'plaintext') return 'sees no plaintext HTTP';
  if (request.protocol === 'tcp') return 'sees no HTTP';
  const version = isHttp10(request) ? HTTP_10 : 'http/1.1';
  connection.applicationProtocols = [request.protocol === 'http' ? version : 'h2c'];
  return `sees ${connection.applicationProtocols.join()}`;
}

function readProxyProtocol(trace: Tracing, filter?: Extension): string {
  if (filter?.config.boolean('allow_requests_without_proxy_protocol') === true)
    return 'reads the client’s address from a PROXY header where there is one';
  trace.assumptions.add('the client sends a PROXY protocol header, as the proxy_protocol listener filter demands');
  return 'reads the client’s address from a PROXY header';
}

/** v2's `use_proxy_proto` of the first chain stands for the proxy_protocol filter. */
function readsProxyHeader(listener: View): boolean {
  return listener.list('filter_chains')[0]?.boolean('use_proxy_proto') === true;
}

/** An inspector waits for the client's first bytes, which never come where the server speaks first (MySQL, SMTP). */
function holdsSilentClients({ request }: Tracing, listener: View): boolean {
  if (request.protocol !== 'tcp' || request.tls !== 'plaintext') return false;
  return listener.list('listener_filters').some(view => {
    const disabled = view.get('filter_disabled');
    const isOff = disabled !== undefined && matchListenerPredicate(disabled, request.port) === true;
    return /^(tls|http)_inspector$/.test(extensionOf(view).kind) && !isOff;
  });
}

/** `listener_filters_timeout`, 15s unless set; what comes after it depends on `continue_on_listener_filters_timeout`. */
function timeoutOf(listener: View): string {
  const timeout = listener.string('listener_filters_timeout') ?? '15s';
  if (/^0(\.0+)?s$/.test(timeout)) return 'ever (listener_filters_timeout 0)';
  const after = listener.boolean('continue_on_listener_filters_timeout') ? 'then goes on without it' : 'then closed';
  return `${timeout}, ${after}`;
}
