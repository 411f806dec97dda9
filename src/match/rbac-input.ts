import type { HeaderLookup } from './header.js';
import type { Unknown } from './ternary.js';

/** Names in a client certificate, in the order of the certificate. */
export interface PeerCertificate {
  readonly uriSans: readonly string[];
  readonly dnsSans: readonly string[];
  /** RFC 2253 subject; empty when the certificate has none. */
  readonly subject: string;
}

/**
 * What Envoy's RBAC engine looks at. A field that is `undefined` was not given by anybody: a rule that asks for it is
 * unknown, never a plain non-match.
 */
export interface RbacInput {
  /** The connection's local address: the original destination of a captured connection. */
  readonly destinationIp: string | undefined;
  readonly destinationPort: number;
  /** The connection's remote address, by the proxy protocol where it gave one; `source_ip`. */
  readonly sourceIp: string | undefined;
  readonly sourcePort: number | undefined;
  /** The physical peer, whatever headers or a proxy protocol say; `direct_remote_ip`. */
  readonly directRemoteIp: string | undefined;
  /** The peer after x-forwarded-for; `remote_ip`. */
  readonly remoteIp: string | undefined;
  /** SNI as the listener saw it; empty when it saw none. */
  readonly requestedServerName: string | undefined;
  readonly tls: 'plaintext' | 'tls' | 'mtls';
  /** `none`: plaintext, or TLS without a client certificate. */
  readonly peer: PeerCertificate | 'none' | undefined;
  /** Namespace of the source, where the principal itself was not given. */
  readonly sourceNamespace?: string | undefined;
  /**
   * Request headers with pseudo-headers, repeated values joined by commas; null in a network filter, which sees none.
   */
  readonly headers: HeaderLookup | null;
  /** The values of a header one by one; needed only for headers that are sent more than once. */
  readonly headerValues?: (name: string) => readonly string[];
  /**
   * Whether this Envoy tries repeated header values one by one (CVE-2026-26308); undefined when its version is not
   * known.
   */
  readonly matchesHeadersIndividually?: boolean | undefined;
  /** The path with its query; null in a network filter. */
  readonly path: string | null;
  /**
   * Dynamic metadata that earlier filters wrote, by filter name, such as `envoy.filters.http.jwt_authn`; undefined when
   * none.
   */
  readonly dynamicMetadata: (filter: string) => unknown;
  /**
   * Why a filter's metadata under a first path segment is not known, such as claims that nobody gave; undefined when it
   * is known.
   */
  readonly unknownMetadata?: (filter: string, key: string) => Unknown | undefined;
  /** Metadata of the chosen route; undefined when there is no route or it has none. */
  readonly routeMetadata?: (filter: string) => unknown;
  /** A filter state object as text, such as `io.istio.peer_principal`; undefined when it is not set. */
  readonly filterState: (key: string) => string | Unknown | undefined;
}
