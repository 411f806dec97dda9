import { matchRoute, type RouteFacts, type RouteMatchResult } from '../../match/route-match.js';
import { isUnknown } from '../../match/ternary.js';
import { withoutSecretText } from '../../model/redact/secret-text.js';
import type { View } from '../../model/view.js';
import { clientTls } from '../client-tls.js';
import { evidenceIn, evidenceOf, istioctl } from '../evidence.js';
import { filterStateOf } from '../filter-state.js';
import { takesRuntimeFraction } from '../fraction.js';
import { headerLookup, isGrpc } from '../headers.js';
import { percent } from '../percent.js';
import type { Candidate } from '../result.js';
import { runtimeOf } from '../runtime.js';
import type { Tracing } from '../tracing.js';
import { virtualClusterOf } from '../virtual-cluster.js';
import { matcherRoute } from './route-matcher.js';

const MAX_CANDIDATES = 12;

/**
 * Which route of the virtual host takes the request: the first that matches, in order, or the virtual host's matcher tree.
 * A virtual host without a matching route never falls back to another one.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/route/v3/route_components.proto#config-route-v3-route
 */
export function route(trace: Tracing): void {
  const { virtualHost, http, routeTable } = trace;
  if (virtualHost === null || http === null || routeTable === null) return;
  trace.virtualCluster = virtualClusterOf(trace, virtualHost);
  if (trace.pending?.reason === 'tls_required') {
    trace.step('route', 'matched', { why: 'the virtual host answers with a redirect to HTTPS, whatever the route' });
    return;
  }
  const matcher = virtualHost.get('matcher');
  if (matcher === undefined) firstRoute(trace, virtualHost.list('routes'));
  else
    matcherRoute(
      trace,
      matcher,
      (routes, why) => firstRoute(trace, routes, why),
      (why, candidates) => noRoute(trace, why, candidates),
    );
}

/** A filter has cleared the route cache: the route is chosen with the headers as they are now, its weighted cluster with it. */
export function chooseRouteAgain(trace: Tracing): void {
  if (trace.pending?.reason === 'no_route') trace.pending = null;
  trace.route = null;
  trace.weightedCluster = null;
  route(trace);
}

/** What the routes' criteria look at. */
function routeFacts(trace: Tracing): RouteFacts {
  const { request, http } = trace;
  const headers = headerLookup(trace);
  return {
    path: http?.path ?? request.path,
    method: request.method,
    headers,
    isGrpc: isGrpc(trace),
    runtime: runtimeOf(trace.proxy),
    ignoresPathParameters: trace.routeTable?.view.boolean('ignore_path_parameters_in_path_matching') === true,
    filterState: key => filterStateOf(trace, key),
    tls: { isTls: request.tls !== 'plaintext', hasCertificate: clientTls(trace) === 'mtls' },
  };
}

function firstRoute(trace: Tracing, routes: readonly View[], because = ''): void {
  const facts = routeFacts(trace);
  const candidates: Candidate[] = [];
  for (const [index, candidate] of routes.entries()) {
    const match = matchRoute(candidate.get('match') ?? candidate, facts);
    if (isUnknown(match.result)) {
      const why = `whether ${nameOf(candidate, index)} matches depends on ${match.result.what}`;
      trace.undetermined('route', match.result, why, { name: candidate.string('name') ?? null, candidates });
      return;
    }
    if (match.result && takes(trace, match, candidate)) {
      choose(trace, candidate, because === '' ? match.why : `${because}; ${match.why}`, match, [
        ...later(routes, index),
        ...candidates,
      ]);
      return;
    }
    candidates.unshift(loser(candidate, match));
  }
  const { name } = trace.virtualHost === null ? { name: null } : { name: trace.virtualHost.string('name') ?? null };
  noRoute(
    trace,
    `no route of virtual host ${name ?? '(unnamed)'} matches ${facts.method} ${withoutSecretText(facts.path)}`,
    candidates,
  );
}

/** A runtime fraction lets only a share through; the rest goes on to the next route. */
function takes(trace: Tracing, { fraction }: RouteMatchResult, candidate: View): boolean {
  if (fraction >= 1) return true;
  return takesRuntimeFraction(trace, fraction, candidate.get('match')?.get('runtime_fraction'));
}

function choose(
  trace: Tracing,
  chosen: View,
  why: string,
  { fraction }: RouteMatchResult,
  candidates: Candidate[],
): void {
  const { routeTable } = trace;
  if (routeTable === null) return;
  trace.route = chosen;
  trace.step('route', 'matched', {
    name: chosen.string('name') ?? null,
    pointer: chosen.pointer,
    why: fraction < 1 ? `${why}, for ${percent(fraction)} of such requests` : why,
    candidates: candidates.slice(0, MAX_CANDIDATES),
    evidence: [evidenceOf(routeTable.resource, chosen.pointer)],
    istioctl: [istioctl.routes(trace.proxy.name, routeTable.name ?? '')],
  });
}

function noRoute(trace: Tracing, why: string, candidates: Candidate[]): void {
  trace.step('route', 'rejected', {
    evidence: evidenceIn(trace.routeTable?.resource, trace.virtualHost?.pointer),
    why,
    candidates: candidates.slice(0, MAX_CANDIDATES),
    istioctl: [istioctl.routes(trace.proxy.name, trace.routeTable?.name ?? '')],
  });
  trace.pending ??= trace.ending('no_route', why);
}

function loser(candidate: View, match: RouteMatchResult): Candidate {
  return {
    name: candidate.string('name') ?? null,
    pointer: candidate.pointer,
    criterion: match.failed?.field ?? 'runtime_fraction',
    reason: match.failed?.why ?? 'its runtime fraction leaves this request to the next route',
  };
}

/** Routes behind the chosen one are never looked at. */
function later(routes: readonly View[], index: number): Candidate[] {
  return routes.slice(index + 1, index + 4).map(view => ({
    name: view.string('name') ?? null,
    pointer: view.pointer,
    criterion: 'order',
    reason: 'an earlier route takes the request',
  }));
}

function nameOf(view: View, index: number): string {
  const name = view.string('name');
  return name === undefined ? `route ${index}` : `route ${name}`;
}
