import type { NodeType } from '../../model/node.js';
import type { ProxyConfig } from '../../model/proxy.js';
import type { TraceRequest } from '../../trace/request.js';

/** What a runbook says of a proxy beside its trace. */
export interface ProxyFacts {
  readonly name: string;
  readonly pod: string;
  readonly namespace: string | null;
  readonly type: NodeType;
  readonly istioVersion: string | null;
  readonly envoyVersion: string | null;
  /** Time of its newest resource, RFC 3339. */
  readonly configuredAt: string | null;
  readonly documents: readonly string[];
}

export interface RunbookContext {
  /** The request as it was given. */
  readonly request: TraceRequest;
  /** The proxies of the trace, the one that sends first. */
  readonly proxies: readonly ProxyFacts[];
  readonly toolVersion: string;
}

/** The destination as it was asked for, without scheme and path; null where only an address was given. */
export function destinationName({ request }: RunbookContext): string | null {
  return request.to?.replace(/^[a-z]+:\/\//i, '').replace(/\/.*$/, '') ?? null;
}

/** What a runbook tells of a proxy; `unknown` and null where its dump has no node. */
export function proxyFacts(proxy: ProxyConfig): ProxyFacts {
  const { name, node, newestUpdate, documents } = proxy;
  return {
    name,
    pod: node?.pod ?? name,
    namespace: node?.namespace ?? null,
    type: node?.type ?? 'unknown',
    istioVersion: node?.istioVersion ?? null,
    envoyVersion: node?.envoyVersion ?? null,
    configuredAt: newestUpdate,
    documents: [...new Set(documents.map(document => document.name))].sort(),
  };
}
