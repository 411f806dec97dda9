import { extensionOf } from '../model/extension.js';
import type { ProxyConfig } from '../model/proxy.js';
import type { TraceRequest } from '../trace/request.js';
import type { TraceResult } from '../trace/result.js';
import { traceRequest } from '../trace/trace.js';
import { serverOf } from './gateway-server.js';
import { chainsIn } from './subjects-in.js';

/** More redirects than this a browser does not follow either. */
const MAX_REDIRECTS = 10;

/** The URLs of a chain of redirects that comes back to one of them; null where it ends, or leaves this proxy. */
export function redirectLoop(result: TraceResult, proxy: ProxyConfig): string[] | null {
  const seen: string[] = [urlOf(result)];
  let current: TraceResult | null = result;
  while (current?.redirect != null && isRedirect(current) && seen.length <= MAX_REDIRECTS) {
    const { url } = current.redirect;
    if (seen.includes(url)) return [...seen, url];
    seen.push(url);
    current = follow(current, url, proxy);
  }
  return null;
}

function isRedirect({ reason }: TraceResult): boolean {
  return reason === 'redirect' || reason === 'tls_required';
}

function urlOf({ request }: TraceResult): string {
  return `${request.tls === 'plaintext' ? 'http' : 'https'}://${String(request.host)}${String(request.path)}`;
}

/** The same client’s next request; null where it goes to another host, or to a port that this proxy does not serve. */
function follow(result: TraceResult, url: string, proxy: ProxyConfig): TraceResult | null {
  const { request } = result;
  const target = URL.canParse(url) ? new URL(url) : null;
  if (target === null || target.hostname !== new URL(urlOf(result)).hostname) return null;
  const isSecure = target.protocol === 'https:';
  const port = portOf(result, proxy, isSecure, target.port === '' ? null : Number(target.port));
  if (port === null) return null;
  const next: TraceRequest = {
    direction: request.direction as 'outbound' | 'inbound' | 'gateway',
    port,
    host: target.host,
    path: `${target.pathname}${target.search}`,
    method: String(request.method),
    headers: (request.headers ?? {}) as Record<string, string | string[]>,
    protocol: request.protocol as 'http',
    tls: isSecure ? 'tls' : 'plaintext',
    ...(typeof request.ip === 'string' ? { ip: request.ip } : {}),
    ...(isSecure ? { sni: target.hostname } : {}),
    from: request.from as object,
    to: `${target.hostname}:${port}`,
  };
  return traceRequest(proxy, next);
}

/** The same port while the scheme stays and none is named; else, at a gateway, the listener behind the public port. */
function portOf({ request }: TraceResult, proxy: ProxyConfig, isSecure: boolean, named: number | null): number | null {
  const isSame = isSecure === (request.tls !== 'plaintext');
  if (isSame && named === null) return Number(request.port);
  const port = named ?? (isSecure ? 443 : 80);
  return request.direction === 'gateway' ? (listenerPort(proxy, isSecure, port) ?? port) : port;
}

/** A gateway listens on other ports than clients call: names of its route tables and virtual hosts hold the public one. */
function listenerPort(proxy: ProxyConfig, isSecure: boolean, port: number): number | null {
  for (const { listener, chain } of chainsIn(proxy)) {
    const serves = isSecure ? serverOf(chain)?.port === port : servesHttp(chain, proxy, port);
    const bound = listener.addresses[0]?.get('socket_address')?.number('port_value');
    if (serves && bound !== undefined) return bound;
  }
  return null;
}

function servesHttp(chain: Parameters<typeof serverOf>[0], proxy: ProxyConfig, port: number): boolean {
  return chain.list('filters').some(filter => {
    const name = extensionOf(filter).config.get('rds')?.string('route_config_name') ?? '';
    const hosts = name.startsWith('http.') ? (proxy.find('route', name)?.view.list('virtual_hosts') ?? []) : [];
    return hosts.some(host => host.string('name')?.endsWith(`:${port}`));
  });
}
