import { extensionOf } from '../../model/extension.js';
import type { View } from '../../model/view.js';
import { isBefore } from '../envoy-version.js';
import type { Tracing } from '../tracing.js';

/**
 * What the TLS inspector finds in the ClientHello; one line about it.
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/listeners/listener_filters/tls_inspector
 */
export function inspectTls({ request, connection }: Tracing): string {
  if (request.tls === 'plaintext') return 'sees no TLS';
  connection.transportProtocol = 'tls';
  connection.sni = request.sni?.toLowerCase() ?? null;
  connection.applicationProtocols = [...request.alpn];
  return `sees TLS${request.sni === null ? '' : ` with SNI ${request.sni}`}`;
}

/**
 * Envoy before 1.18 (Istio before 1.10) puts a TLS inspector behind the configured listener filters where a chain's match needs one and
 * none is configured (release notes of 1.18.0; source/server/listener_impl.cc, buildTlsInspectorListenerFilter).
 */
export function injectsTlsInspector({ proxy }: Tracing, listener: View): boolean {
  if (!isBefore(proxy, [1, 18], [1, 10])) return false;
  const isConfigured = listener.list('listener_filters').some(filter => extensionOf(filter).kind === 'tls_inspector');
  return !isConfigured && listener.list('filter_chains').some(chain => needsTls(chain.get('filter_chain_match')));
}

function needsTls(match: View | undefined): boolean {
  const protocol = match?.string('transport_protocol') ?? '';
  if (match === undefined || protocol !== '') return protocol === 'tls';
  return match.strings('server_names').length > 0 || match.strings('application_protocols').length > 0;
}
