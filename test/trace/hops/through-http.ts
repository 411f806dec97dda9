import type { TraceRequest } from '../../../src/trace/request.js';
import type { Step, TraceResult } from '../../../src/trace/result.js';
import { traceRequest, walkOnce } from '../../../src/trace/trace.js';
import { chain, hcm, listener, ROUTER, staticCluster, virtualHost } from '../../support/messages.js';
import { GATEWAY, type Json, type MinimalParts, minimalProxy } from '../../support/minimal-proxy.js';

/** What stands between a gateway's listener and its clusters `a` and `b`. */
export interface HttpParts {
  readonly routes?: readonly Json[];
  /** Fields of the only virtual host. */
  readonly host?: Json;
  /** Fields of the route table beside its virtual hosts. */
  readonly table?: Json;
  /** HTTP filters before the router. */
  readonly filters?: readonly Json[];
  /** Fields of the connection manager. */
  readonly manager?: Json;
  /** Fields of the filter chain beside its filters. */
  readonly chain?: Json;
  readonly proxy?: MinimalParts;
}

const CLUSTERS = ['a', 'b'].map(name => staticCluster(name, ['10.0.0.9:80']));

async function proxyOf({
  routes = [],
  host = {},
  table = {},
  filters = [],
  manager = {},
  chain: more = {},
  proxy = {},
}: HttpParts) {
  const http = {
    route_config: { name: 'inline', virtual_hosts: [virtualHost(routes, host)], ...table },
    http_filters: [...filters, ROUTER],
    ...manager,
  };
  return minimalProxy({
    node: GATEWAY,
    listeners: [listener(80, [chain([hcm([], http)], more)])],
    clusters: CLUSTERS,
    ...proxy,
  });
}

const REQUEST: TraceRequest = { ip: '10.0.0.2', port: 80, host: 'a.example' };

/** The result of a plain GET for a.example/, changed by `request`, through a gateway. */
export async function throughHttp(parts: HttpParts, request: TraceRequest = {}): Promise<TraceResult> {
  return traceRequest(await proxyOf(parts), { ...REQUEST, ...request });
}

/** The request's headers as the upstream gets them. */
export async function headersThrough(parts: HttpParts, request: TraceRequest = {}): Promise<Record<string, string>> {
  return Object.fromEntries(walkOnce(await proxyOf(parts), { ...REQUEST, ...request }).http?.headers ?? []);
}

/** The first step of a hop. */
export function stepOf({ steps }: TraceResult, hop: Step['hop']): Step | undefined {
  return steps.find(step => step.hop === hop);
}
