import { transportSocketOf, validationContext, validationName } from '../model/transport-socket.js';
import type { Tls } from './request.js';
import type { Tracing } from './tracing.js';

/**
 * The TLS that Envoy itself ends: `plaintext` also where the client's TLS passes through as bytes, `tls` also where the client has a certificate
 * but the chain asks for none, neither by demanding one nor by having something to check it against (Envoy then requests no certificate).
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/transport_sockets/tls/v3/tls.proto (DownstreamTlsContext)
 */
export function clientTls({ request, connection, filterChain }: Tracing): Tls {
  if (request.tls === 'plaintext' || connection.isTls) return 'plaintext';
  const context = filterChain === null ? null : transportSocketOf(filterChain).context;
  if (request.tls === 'tls' || context === null) return request.tls;
  const asks =
    context.boolean('require_client_certificate') ||
    validationName(context) !== null ||
    validationContext(context) !== null;
  return asks ? 'mtls' : 'tls';
}
