import { alpnProtocols, transportSocketOf, validationName } from '../../model/transport-socket.js';
import type { View } from '../../model/view.js';
import { ownCertificates } from '../certificate-facts.js';
import { evidenceOf, istioctl } from '../evidence.js';
import { acceptsNames, describeMatchers, nameMatchers, trustDomainOf, trustDomains } from '../peer-names.js';
import type { Reason } from '../reasons.js';
import type { Tracing } from '../tracing.js';
import { waitingSecret } from '../waiting-secret.js';

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
  const common = {
    pointer,
    evidence: [evidenceOf(listener, pointer)],
    istioctl: [istioctl.secrets(proxy.name)],
    details: describe(trace, context),
  };
  const refused = refusal(trace, context);
  if (refused !== null) {
    trace.step('downstream-tls', 'rejected', { ...common, why: refused.why });
    trace.finish(refused.reason, refused.why);
    return;
  }
  trace.connection.isTls = false;
  const how = request.tls === 'mtls' ? 'mutual TLS' : 'TLS';
  const demands = context.boolean('require_client_certificate') ? ' and demands a client certificate' : '';
  trace.step('downstream-tls', 'matched', { ...common, why: `Envoy ends the client’s ${how} here${demands}` });
}

interface Refusal {
  readonly reason: Extract<Reason, 'tls_error' | 'mtls_error'>;
  readonly why: string;
}

/** Why the handshake fails; null where it does not. */
function refusal(trace: Tracing, context: View): Refusal | null {
  const { tls } = trace.request;
  if (tls === 'plaintext') return { reason: 'tls_error', why: 'the chain wants TLS and the client sends plaintext' };
  const missing = waitingSecret(trace.proxy, context);
  if (missing !== null) return { reason: 'tls_error', why: `${missing}, and the chain takes no TLS until it comes` };
  if (tls === 'tls' && context.boolean('require_client_certificate'))
    return { reason: 'mtls_error', why: 'the chain demands a client certificate and the client sends none' };
  const stranger = tls === 'mtls' ? unexpectedClient(trace, context) : null;
  return stranger === null ? null : { reason: 'mtls_error', why: stranger };
}

/** Names and trust domains that the chain takes, against the client's identity where the request gives it. */
function unexpectedClient({ request, assumptions }: Tracing, context: View): string | null {
  const { principal } = request.from;
  const domains = trustDomains(context);
  const matchers = nameMatchers(context);
  if (principal === undefined) {
    if (matchers.length > 0 || domains !== null)
      assumptions.add('the client’s certificate is one that the chain takes');
    return null;
  }
  if (domains !== null && !domains.includes(trustDomainOf(principal) ?? ''))
    return `the chain takes the trust domains ${domains.join(', ')}, and the client is ${principal}`;
  return acceptsNames(context, [principal])
    ? null
    : `the chain takes certificates that name ${describeMatchers(matchers)}, and the client’s names ${principal}`;
}

function describe({ proxy, now, request }: Tracing, context: View): string[] {
  const details = ownCertificates(proxy, context, now);
  const validation = validationName(context);
  if (validation !== null) details.push(`client certificates are checked against: ${validation}`);
  const alpn = alpnProtocols(context);
  if (alpn.length === 0 || request.tls === 'plaintext') return details;
  const agreed = alpn.find(protocol => request.alpn.includes(protocol));
  details.push(
    `ALPN: ${alpn.join(', ')}; ${agreed === undefined ? 'none in common with the client' : `agreed on ${agreed}`}`,
  );
  return details;
}
