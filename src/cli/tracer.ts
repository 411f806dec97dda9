import type { ProxyConfig } from '../model/proxy.js';
import { selectProxy, selectWorkload } from '../model/select.js';
import { traceFromInternet } from '../trace/gateways.js';
import type { TraceRequest } from '../trace/request.js';
import type { TraceResult } from '../trace/result.js';
import type { TraceSettings } from '../trace/settings.js';
import { traceRequest } from '../trace/trace.js';
import { asWhatIf } from '../trace/what-if.js';
import { UsageError } from './fail.js';
import type { Loaded } from './load.js';

const INTERNET = 'internet';

/** What a command may say about all its traces. */
export interface TracerOptions {
  /** Reference time for expiry, RFC 3339. */
  now?: string;
  /** The receiving proxy, where the addresses do not tell. */
  peer?: string;
  /** The client by workload, service or pod; `internet` for the gateways. */
  from?: string;
  /** The cluster that a request is known to have gone to. */
  cluster?: string;
}

/** Throws UsageError where a command line names two clients. */
export function checkClient(proxyName: string | undefined, { from }: TracerOptions): void {
  if (proxyName !== undefined && from !== undefined)
    throw new UsageError(`--from names a client, and ${proxyName} is one`, 'Leave one of them out.');
}

/** What traces are made of. */
export type Traced = Pick<Loaded, 'snapshot' | 'changes'>;

/** The proxy that a request is traced through. */
export type ProxyOf = (request: TraceRequest) => ProxyConfig;

/** Finds each request's proxy: its own, else the one of the command line, else the only one. Throws ProxyNotFound. */
export function proxyFinder({ snapshot }: Traced, proxyName: string | undefined, from?: string): ProxyOf {
  const chosen = new Map<string | null, ProxyConfig>();
  return request => {
    const name = request.proxy ?? proxyName ?? null;
    const byWorkload = name === null && from !== undefined ? selectWorkload(snapshot.proxies, from) : null;
    const proxy = chosen.get(name) ?? byWorkload ?? selectProxy(snapshot.proxies, name);
    chosen.set(name, proxy);
    return proxy;
  };
}

/** The trace of every command: follows the request into the receiving proxy and says what was changed for a what-if. Throws RequestError. */
export function tracerOf(loaded: Traced, proxyOf: ProxyOf, { now, peer, from, cluster }: TracerOptions = {}) {
  const { proxies, workloads } = loaded.snapshot;
  const settings = {
    proxies,
    workloads,
    ...(now === undefined ? {} : { now }),
    ...(cluster === undefined ? {} : { cluster }),
    ...(peer === undefined ? {} : { peer: selectProxy(proxies, peer) }),
  };
  return (request: TraceRequest, position: number): TraceResult => {
    const outside = from === INTERNET && request.proxy === undefined;
    const result = outside
      ? fromInternet(proxies, request, position, settings)
      : traceRequest(proxyOf(request), request, position, settings);
    return asWhatIf(result, loaded.changes);
  };
}

function fromInternet(
  proxies: readonly ProxyConfig[],
  request: TraceRequest,
  position: number,
  settings: TraceSettings,
): TraceResult {
  const result = traceFromInternet(proxies, request, position, settings);
  if (result !== null) return result;
  throw new UsageError(
    'no gateway is among what was read',
    'Give the dump of a gateway, or name the client with --from.',
  );
}
