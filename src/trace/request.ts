export type Direction = 'outbound' | 'inbound' | 'gateway';
export type Protocol = 'http' | 'http2' | 'grpc' | 'tcp';
export type Tls = 'plaintext' | 'tls' | 'mtls';

/** Where a request comes from. */
export interface From {
  ip?: string;
  port?: number;
  /** The connection's own address, where a proxy protocol or header gave another. */
  directIp?: string;
  /** SPIFFE id of the client certificate. */
  principal?: string;
  namespace?: string;
}

/** A request as a user writes it: on the command line, in a requests file, or through the library. */
export interface TraceRequest {
  id?: string;
  /** `pod.namespace` whose Envoy is asked. */
  proxy?: string;
  /** `host:port`, `ip:port` or a URL. */
  to?: string;
  ip?: string;
  port?: number;
  direction?: Direction;
  protocol?: Protocol;
  tls?: Tls;
  sni?: string;
  alpn?: string[];
  host?: string;
  path?: string;
  method?: string;
  headers?: Record<string, string | string[]>;
  claims?: Record<string, unknown>;
  from?: From;
  random?: number;
}

/** A request with every default filled in; what Envoy sees. */
export interface ResolvedRequest {
  id: string;
  direction: Direction;
  protocol: Protocol;
  tls: Tls;
  /** ClientHello server name; null when none is sent. */
  sni: string | null;
  alpn: string[];
  /** Original destination address; null when the name could not be resolved to one. */
  ip: string | null;
  port: number;
  /** HTTP authority exactly as sent; null when none is sent. */
  host: string | null;
  path: string;
  method: string;
  /** Lower-case names; values in the order sent. Without pseudo-headers. */
  headers: ReadonlyMap<string, readonly string[]>;
  claims: Readonly<Record<string, unknown>> | null;
  from: Readonly<From>;
  random: number | null;
}
