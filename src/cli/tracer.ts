import type { ProxyConfig } from '../model/proxy.js';
import { selectProxy } from '../model/select.js';
import type { TraceRequest } from '../trace/request.js';
import type { TraceResult } from '../trace/result.js';
import { traceRequest } from '../trace/trace.js';
import { asWhatIf } from '../trace/what-if.js';
import type { Loaded } from './load.js';

/** What a command may say about all its traces. */
export interface TracerOptions {
  /** Reference time for expiry, RFC 3339. */
  now?: string;
  /** The receiving proxy, where the addresses do not tell. */
  peer?: string;
}

/** The proxy that a request is traced through. */
export type ProxyOf = (request: TraceRequest) => ProxyConfig;

/** Finds each request's proxy: its own, else the one of the command line, else the only one. Throws ProxyNotFound. */
export function proxyFinder({ snapshot }: Loaded, proxyName: string | undefined): ProxyOf {
  const chosen = new Map<string | null, ProxyConfig>();
  return request => {
    const name = request.proxy ?? proxyName ?? null;
    const proxy = chosen.get(name) ?? selectProxy(snapshot.proxies, name);
    chosen.set(name, proxy);
    return proxy;
  };
}

/** The trace of every command: follows the request into the receiving proxy and says what was changed for a what-if. Throws RequestError. */
export function tracerOf(loaded: Loaded, proxyOf: ProxyOf, { now, peer }: TracerOptions = {}) {
  const { proxies } = loaded.snapshot;
  const settings = {
    proxies,
    ...(now === undefined ? {} : { now }),
    ...(peer === undefined ? {} : { peer: selectProxy(proxies, peer) }),
  };
  return (request: TraceRequest, position: number): TraceResult =>
    asWhatIf(traceRequest(proxyOf(request), request, position, settings), loaded.changes);
}
