import { alpnProtocols, certificateNames, transportSocketOf, validationName } from '../../model/transport-socket.js';
import type { View } from '../../model/view.js';
import { evidenceOf, istioctl } from '../evidence.js';
import type { Tracing } from '../tracing.js';

/**
 * The chain's transport socket against what arrives: plaintext, TLS, or TLS with a client certificate.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/transport_sockets/tls/v3/tls.proto (DownstreamTlsContext)
 */
export function downstreamTls(trace: Tracing): void {
  const { filterChain, request } = trace;
  if (filterChain === null) return;
  const socket = transportSocketOf(filterChain);
  const pointer = filterChain.at(filterChain.has('tls_context') ? 'tls_context' : 'transport_socket');
  if (socket.context !== null) {
    terminate(trace, socket.context, pointer);
    return;
  }
  if (socket.kind !== 'raw_buffer') {
    trace.step('downstream-tls', 'unsupported', {
      name: socket.name,
      pointer,
      why: `transport socket ${socket.kind} is not evaluated; taken as letting the connection pass`,
    });
    trace.assumptions.add(`the transport socket ${socket.kind} of the filter chain takes the connection`);
    return;
  }
  trace.connection.isTls = request.tls !== 'plaintext';
  if (request.tls !== 'plaintext') {
    trace.step('downstream-tls', 'matched', { why: 'the chain has no TLS: the client’s TLS goes on unread' });
  }
}

function terminate(trace: Tracing, context: View, pointer: string): void {
  const { request, proxy, listener } = trace;
  if (listener === null) return;
  const wantsCertificate = context.boolean('require_client_certificate');
  const common = {
    pointer,
    evidence: [evidenceOf(listener, pointer)],
    istioctl: [istioctl.secrets(proxy.name)],
    details: describe(context),
  };
  if (request.tls === 'plaintext') {
    const why = 'the chain wants TLS and the client sends plaintext';
    trace.step('downstream-tls', 'rejected', { ...common, why });
    trace.finish('tls_error', why);
    return;
  }
  if (wantsCertificate && request.tls === 'tls') {
    const why = 'the chain demands a client certificate and the client sends none';
    trace.step('downstream-tls', 'rejected', { ...common, why });
    trace.finish('mtls_error', why);
    return;
  }
  const missing = secretProblem(trace, context);
  if (missing !== null) {
    trace.step('downstream-tls', 'rejected', { ...common, why: missing });
    trace.finish('tls_error', missing);
    return;
  }
  trace.connection.isTls = false;
  const how = request.tls === 'mtls' ? 'mutual TLS' : 'TLS';
  trace.step('downstream-tls', 'matched', {
    ...common,
    why: `Envoy ends the client’s ${how} here${wantsCertificate ? ' and demands a client certificate' : ''}`,
  });
}

/** A chain whose certificate has not come yet takes no TLS: Envoy resets such connections. */
function secretProblem(trace: Tracing, context: View): string | null {
  const { proxy } = trace;
  if (proxy.has('secret') !== 'complete') return null;
  const names =
    context
      .get('common_tls_context')
      ?.list('tls_certificate_sds_secret_configs')
      .map(secret => secret.string('name') ?? '') ?? [];
  for (const name of names) {
    if (proxy.find('secret', name) !== undefined) continue;
    const waiting = proxy.named('secret', name)[0];
    if (waiting !== undefined)
      return `the certificate ${name} is ${waiting.state}: Envoy has not received it, and closes TLS connections until it comes`;
  }
  return null;
}

function describe(context: View): string[] {
  const details: string[] = [];
  const certificates = certificateNames(context);
  if (certificates.length > 0) details.push(`certificate: ${certificates.join(', ')}`);
  const validation = validationName(context);
  if (validation !== null) details.push(`client certificates are checked against: ${validation}`);
  const alpn = alpnProtocols(context);
  if (alpn.length > 0) details.push(`ALPN: ${alpn.join(', ')}`);
  return details;
}
