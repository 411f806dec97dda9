import { extensionOf } from './extension.js';
import type { View } from './view.js';

/** How one side of a connection is secured. */
export interface TransportSocket {
  /** `tls`, `raw_buffer`, or the kind of another socket (`quic`, `alts`, `tap`, ...), under wrappers. */
  readonly kind: string;
  /** DownstreamTlsContext or UpstreamTlsContext, where it is TLS. */
  readonly context: View | null;
  readonly name: string | null;
}

const PLAINTEXT: TransportSocket = { kind: 'raw_buffer', context: null, name: null };

/** Sockets that wrap another one without changing what is sent on the wire between the proxies' TLS layers. */
const WRAPPERS = new Set(['tcp_stats', 'tap', 'internal_upstream', 'proxy_protocol', 'upstream_proxy_protocol']);

/** The transport socket of a filter chain, cluster or transport socket match; v2's `tls_context` is TLS as well. */
export function transportSocketOf(owner: View): TransportSocket {
  const early = owner.get('tls_context');
  if (early !== undefined) return { kind: 'tls', context: early, name: null };
  const socket = owner.get('transport_socket');
  return socket === undefined ? PLAINTEXT : socketOf(socket);
}

/** Reads one TransportSocket message. */
export function socketOf(socket: View): TransportSocket {
  const { name, kind, config } = extensionOf(socket);
  if (WRAPPERS.has(kind)) {
    const inner = config.get('transport_socket');
    return inner === undefined ? { kind, context: null, name } : socketOf(inner);
  }
  if (kind === 'quic')
    return {
      kind,
      context: config.get('downstream_tls_context') ?? config.get('upstream_tls_context') ?? config,
      name,
    };
  return { kind, context: kind === 'tls' || kind === 'transport_sockets' ? config : null, name };
}

/** The ALPN list of a TLS context. */
export function alpnProtocols(context: View): string[] {
  return context.get('common_tls_context')?.strings('alpn_protocols') ?? [];
}

/** Names of the SDS secrets with the context's own certificates. */
export function certificateNames(context: View): string[] {
  const common = context.get('common_tls_context');
  const byName = common?.list('tls_certificate_sds_secret_configs').map(secret => secret.string('name') ?? '') ?? [];
  const files =
    common
      ?.list('tls_certificates')
      .map(certificate => certificate.get('certificate_chain')?.string('filename') ?? 'inline') ?? [];
  return [...byName, ...files].filter(name => name !== '');
}

/** The validation context's SDS name, where it is fetched by SDS. */
export function validationName(context: View): string | null {
  const common = context.get('common_tls_context');
  return (
    common?.get('validation_context_sds_secret_config')?.string('name') ??
    common?.path('combined_validation_context', 'validation_context_sds_secret_config')?.string('name') ??
    null
  );
}

/** The validation rules that stand in the context itself. */
export function validationContext(context: View): View | null {
  const common = context.get('common_tls_context');
  return (
    common?.get('validation_context') ??
    common?.path('combined_validation_context', 'default_validation_context') ??
    null
  );
}
