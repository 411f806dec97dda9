import { domainToASCII } from 'node:url';

/** Where a request goes, as the user wrote it. */
export interface Target {
  /** Host name or IP, without port and brackets. */
  readonly host: string;
  readonly port: number;
  /** Path with query, from a URL. */
  readonly path: string | null;
  /** From a URL's scheme; null for `host:port`. */
  readonly scheme: 'http' | 'https' | 'tcp' | 'grpc' | null;
}

/** The request cannot be read as it is written: wrong usage, not a finding. */
export class RequestError extends Error {
  constructor(
    message: string,
    /** What to write instead. */
    readonly hint: string,
  ) {
    super(message);
    this.name = 'RequestError';
  }
}

const SCHEME_PORTS: Record<string, number> = { http: 80, https: 443, grpc: 80 };
const EXAMPLE = 'Write host:port, ip:port or a URL: reviews:8888, 10.0.0.7:3306, http://reviews:8888/reviews/0';

/** Reads `host:port`, `ip:port`, `[ipv6]:port` or a URL. Throws {@link RequestError}. */
export function parseTarget(to: string): Target {
  const url = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)([^#]*)/i.exec(to);
  if (url === null) return { ...parseAuthority(to, null), path: null, scheme: null };
  const scheme = url[1]?.toLowerCase() ?? '';
  if (scheme !== 'http' && scheme !== 'https' && scheme !== 'tcp' && scheme !== 'grpc')
    throw new RequestError(`${to}: the scheme ${scheme} is not known`, EXAMPLE);
  const authority = (url[2] ?? '').split('@').at(-1) ?? '';
  const path = url[3] ?? '';
  return {
    ...parseAuthority(authority, SCHEME_PORTS[scheme] ?? null),
    path: path === '' ? null : path.startsWith('/') ? path : `/${path}`,
    scheme,
  };
}

function parseAuthority(authority: string, defaultPort: number | null): { host: string; port: number } {
  const match = /^(?:\[([0-9a-f:.]+)\]|([^:[\]/\s]+))(?::(\d{1,5}))?$/i.exec(authority);
  const host = match?.[1] ?? match?.[2];
  if (match === null || host === undefined)
    throw new RequestError(`${authority || 'an empty string'} is not a destination`, EXAMPLE);
  const port = match[3] === undefined ? defaultPort : Number(match[3]);
  if (port === null) throw new RequestError(`${authority}: the port is missing`, EXAMPLE);
  if (port < 1 || port > 65535) throw new RequestError(`${authority}: a port is between 1 and 65535`, EXAMPLE);
  return { host: asSent(host), port };
}

/** Clients write names in other letters in Punycode (RFC 5891), and so does the configuration. */
function asSent(host: string): string {
  const isAscii = Buffer.byteLength(host) === host.length;
  return isAscii ? host : domainToASCII(host) || host;
}
