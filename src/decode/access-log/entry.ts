/** What one access-log line says, under one name for all formats; null where it says nothing. */
export interface LogEntry {
  time: string | null;
  method: string | null;
  path: string | null;
  /** `HTTP/1.1`, `HTTP/2`; null for TCP. */
  protocol: string | null;
  code: number | null;
  /** From the request's first byte to the answer's last one, in milliseconds. */
  duration: number | null;
  /** Short names: `UF`, `URX`. */
  flags: string[];
  details: string | null;
  /** Why Envoy closed the connection. */
  termination: string | null;
  transportFailure: string | null;
  authority: string | null;
  upstreamHost: string | null;
  upstreamCluster: string | null;
  /** `ip:port` that the client connected to, before any redirection. */
  localAddress: string | null;
  remoteAddress: string | null;
  sni: string | null;
  route: string | null;
  /** SPIFFE id of the client's certificate. */
  peerIdentity: string | null;
  /** Name of the pod, where the format has it. */
  pod: string | null;
  /** Request headers that the format logs beside those above, by lower-case name. */
  headers: Record<string, string>;
}

/** The fields that are plain text. */
export type TextField = Exclude<keyof LogEntry, 'code' | 'duration' | 'flags' | 'headers'>;

/** An entry that says nothing yet. */
export function emptyEntry(): LogEntry {
  return {
    time: null,
    method: null,
    path: null,
    protocol: null,
    code: null,
    duration: null,
    flags: [],
    details: null,
    termination: null,
    transportFailure: null,
    authority: null,
    upstreamHost: null,
    upstreamCluster: null,
    localAddress: null,
    remoteAddress: null,
    sni: null,
    route: null,
    peerIdentity: null,
    pod: null,
    headers: {},
  };
}
