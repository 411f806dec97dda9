import type { ProxyConfig } from '../model/proxy.js';
import { type Branch, branchesTo } from './branch.js';
import { Choices } from './choices.js';
import { action } from './hops/action.js';
import { capture } from './hops/capture.js';
import { cluster } from './hops/cluster.js';
import { downstreamTls } from './hops/downstream-tls.js';
import { endpoints } from './hops/endpoints.js';
import { filterChain } from './hops/filter-chain.js';
import { httpFilters } from './hops/http-filters.js';
import { listener } from './hops/listener.js';
import { listenerFilters } from './hops/listener-filters.js';
import { networkFilters } from './hops/network-filters.js';
import { route } from './hops/route.js';
import { routeTable } from './hops/route-table.js';
import { upstreamTls } from './hops/upstream-tls.js';
import { virtualHost } from './hops/virtual-host.js';
import { followInternalListener } from './internal-listener.js';
import { mappedReply } from './local-reply.js';
import { type Hop, takeHops } from './memory.js';
import { followPeers, type TracePeer } from './peer.js';
import type { TraceRequest } from './request.js';
import { type Resolved, resolveRequest } from './resolve.js';
import { resolveOnce } from './resolve-once.js';
import type { TraceResult } from './result.js';
import type { TraceSettings } from './settings.js';
import { Tracing } from './tracing.js';
import { verdictOf } from './verdict.js';
import { sourceOf } from './workload-names.js';

/** Envoy's decisions in the order in which it takes them. A hop that has nothing to decide does nothing. */
const WALK: readonly Hop[] = [
  capture,
  listener,
  listenerFilters,
  filterChain,
  downstreamTls,
  networkFilters,
  routeTable,
  virtualHost,
  route,
  httpFilters,
  action,
  cluster,
  upstreamTls,
  endpoints,
];

const BEHIND_LISTENER = WALK.slice(WALK.indexOf(listener) + 1);

/** More branches than this are not followed: the rest is said to be missing. */
const MAX_BRANCHES = 64;

/**
 * What one Envoy does with a request, hop by hop, from its configuration alone. Without `random` every branch with a share is followed.
 * With `settings.proxies` it goes on inside the proxies behind the endpoints. `position` is the request's default id. Throws RequestError where the request cannot be read.
 */
export function traceRequest(
  proxy: ProxyConfig,
  request: TraceRequest,
  position = 1,
  settings: TraceSettings = {},
): TraceResult {
  const source = sourceOf(request, settings.workloads);
  const resolved = resolveOnce(source.request, proxy, position, source.assumptions);
  const tracePeer: TracePeer = (peer, next, inner) => traceRequest(peer, next, position, inner);
  const branches = branchesTo(settings.cluster, followBranches(proxy, resolved, settings.now ?? null)).flatMap(branch =>
    followPeers(branch, settings, tracePeer),
  );
  return verdictOf(proxy, resolved, branches);
}

/** One walk, down the branch that the request's `random` picks, with all that a result leaves out. Throws RequestError. */
export function walkOnce(proxy: ProxyConfig, request: TraceRequest): Tracing {
  const resolved = resolveRequest(request, proxy);
  return walk(new Tracing(proxy, resolved.request, new Choices(resolved.request.random), null));
}

/** Follows every branch depth first: each run replays the decisions of the one before and takes the next option at the last of them. */
function followBranches(proxy: ProxyConfig, resolved: Resolved, now: string | null): Branch[] {
  const branches: Branch[] = [];
  let script: number[] | null = [];
  while (script !== null && branches.length < MAX_BRANCHES) {
    const choices: Choices = new Choices(resolved.request.random, script);
    const trace = walk(new Tracing(proxy, resolved.request, choices, now, resolved.kind));
    branches.push({ trace, share: choices.share });
    script = choices.next();
  }
  return branches;
}

function walk(trace: Tracing): Tracing {
  take(trace, WALK);
  followInternalListener(trace, inner => take(inner, BEHIND_LISTENER));
  if (trace.end !== null) trace.end = mappedReply(trace, trace.end);
  return trace;
}

function take(trace: Tracing, hops: readonly Hop[]): void {
  takeHops(trace, hops);
  if (trace.end === null) throw new Error(`the walk of request ${trace.request.id} came to no end`);
}
