import { areAlike } from './likeness.js';
import { HttpRequest } from './own.js';
import type { Step } from './result.js';
import type { Tracing } from './tracing.js';

/** What makes a trace that of one request, and what is no part of it. Steps are results: no hop looks at them. */
type NotHeld = 'proxy' | 'own' | 'request' | 'kind' | 'steps' | 'choices' | 'givenNow' | 'http' | 'rewrite';
type Member = 'now' | 'isTcp' | 'step' | 'ending' | 'finish' | 'undetermined';

/** All that hops look at and change, but for what the request has of its own. The compiler misses a field that is not copied here. */
export interface Held extends Omit<Tracing, NotHeld | Member> {
  readonly http: Pick<HttpRequest, 'host' | 'headers'> | null;
  readonly rewrittenHost: string | null;
}

/** A copy that no later hop changes. */
export function heldBy(trace: Tracing): Held {
  return copyOf(fieldsOf(trace));
}

/** What one trace differs in from another that came the same way stands first. */
function fieldsOf(trace: Tracing): Held {
  const { http, rewrite } = trace;
  return {
    route: trace.route,
    redirect: trace.redirect,
    virtualHost: trace.virtualHost,
    cluster: trace.cluster,
    end: trace.end,
    pending: trace.pending,
    connection: trace.connection,
    listener: trace.listener,
    filterChain: trace.filterChain,
    terminal: trace.terminal,
    http: http === null ? null : { host: http.host, headers: http.headers },
    rewrittenHost: rewrite.host,
    routeTable: trace.routeTable,
    weightedCluster: trace.weightedCluster,
    virtualCluster: trace.virtualCluster,
    clusterWeight: trace.clusterWeight,
    clusterResource: trace.clusterResource,
    weights: trace.weights,
    mirrors: trace.mirrors,
    retries: trace.retries,
    timeout: trace.timeout,
    endpoints: trace.endpoints,
    conditions: trace.conditions,
    subsetKeys: trace.subsetKeys,
    filterState: trace.filterState,
    isTunnelled: trace.isTunnelled,
    tunnel: trace.tunnel,
    tunnels: trace.tunnels,
    assumptions: trace.assumptions,
    missing: trace.missing,
  };
}

/** Has a trace hold what another one held. */
export function hold(trace: Tracing, held: Held): void {
  const { http, rewrittenHost, ...rest } = copyOf(held);
  Object.assign(trace, rest);
  trace.http = http === null ? null : new HttpRequest(trace.own, http.host, http.headers);
  trace.rewrite.host = rewrittenHost;
}

/** Tells of what others held whether a trace holds the same, so that no hop could tell them apart by it. */
export function holderOf(trace: Tracing): (held: Held) => boolean {
  const now = fieldsOf(trace);
  const fields = Object.keys(now) as (keyof Held)[];
  return held => fields.every(field => areAlike(now[field], held[field]));
}

/** A step that several results share. */
export function frozenStep(step: Step): Step {
  const { details, candidates, evidence, istioctl } = step;
  for (const list of [details, candidates, evidence, istioctl]) Object.freeze(list);
  for (const part of [...candidates, ...evidence]) Object.freeze(part);
  return Object.freeze(step);
}

/** What hops change in place is copied; all else they put in the place of what was there. */
function copyOf(held: Held): Held {
  const { http } = held;
  return {
    ...held,
    connection: { ...held.connection },
    http: http === null ? null : { host: http.host, headers: new Map(http.headers) },
    conditions: [...held.conditions],
    subsetKeys: new Map(held.subsetKeys),
    filterState: new Map(held.filterState),
    assumptions: new Set(held.assumptions),
    missing: new Set(held.missing),
  };
}
