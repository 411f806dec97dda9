import { formatSocket } from '../model/address.js';
import { groupedBy } from '../model/grouped-by.js';
import { evidenceIn, evidenceOf } from './evidence.js';
import { shareFilterState } from './filter-state.js';
import type { ResolvedRequest } from './request.js';
import type { Endpoint } from './result.js';
import { type End, Tracing } from './tracing.js';
import type { Tunnel } from './tunnel.js';

/** More internal listeners than this in a row are a loop. */
const MAX_DEPTH = 4;

/** One endpoint of the chosen cluster followed to its end. */
interface Leg {
  /** Part of the cluster's requests, 0 to 1. */
  readonly share: number;
  /** The walk behind the internal listener; null where the endpoint is a socket. */
  readonly inner: Tracing | null;
  readonly end: End;
  readonly endpoints: readonly Endpoint[];
  readonly tunnel: Tunnel | null;
}

/**
 * Goes on inside the same Envoy where endpoints are internal listeners (`connect_originate`, `main_internal`): their hops follow, and their
 * end is the end. `walk` runs the hops behind the listener. Endpoints that end otherwise than the others are a branch of their own.
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/other_features/internal_listener
 */
export function followInternalListener(trace: Tracing, walk: (inner: Tracing) => void, depth = 0): void {
  if (trace.end?.outcome !== 'forwarded' || trace.tunnels.every(({ listener }) => listener === null)) return;
  const legs = trace.endpoints.flatMap((endpoint, i) => {
    const tunnel = trace.tunnels[i] ?? null;
    return endpoint.share > 0 ? [legOf(trace, endpoint, tunnel, walk, depth)] : [];
  });
  adopt(trace, pickEnd(trace, legs));
}

function legOf(
  trace: Tracing,
  endpoint: Endpoint,
  tunnel: Tunnel | null,
  walk: (inner: Tracing) => void,
  depth: number,
): Leg {
  const { share } = endpoint;
  const own = { share, endpoints: [endpoint], tunnel };
  if (tunnel === null || tunnel.listener === null)
    return { ...own, inner: null, end: trace.end ?? trace.ending('missing_evidence', '') };
  const inner = new Tracing(trace.proxy, innerRequest(trace, tunnel), trace.choices, trace.givenNow);
  inner.isTunnelled = trace.isTunnelled;
  inner.tunnel = tunnel;
  shareFilterState(trace, inner);
  enter(trace, inner, tunnel.listener, depth);
  if (inner.end === null) {
    walk(inner);
    followInternalListener(inner, walk, depth + 1);
  }
  const end = inner.end ?? trace.ending('missing_evidence', `internal listener ${tunnel.listener} decides nothing`);
  return { ...own, inner, end, endpoints: inner.endpoints.map(found => ({ ...found, share: found.share * share })) };
}

/** Finds the internal listener; where there is none, Envoy cannot connect to the endpoint. */
function enter(outer: Tracing, inner: Tracing, name: string, depth: number): void {
  const listener = inner.proxy.find('listener', name);
  if (listener === undefined) {
    const why = `there is no internal listener ${name}: Envoy cannot connect to the endpoint`;
    inner.step('listener', 'rejected', { name, why, evidence: evidenceIn(outer.clusterResource) });
    inner.finish('no_listener', why, { responseFlag: 'UF', responseCode: outer.isTcp ? null : 503 });
    return;
  }
  if (depth >= MAX_DEPTH) {
    const why = `internal listeners lead back to ${name}`;
    inner.step('listener', 'rejected', { name, why, evidence: [evidenceOf(listener)] });
    inner.finish('loop', why);
    return;
  }
  inner.listener = listener;
  inner.step('listener', 'matched', {
    name,
    pointer: listener.pointer,
    why: 'an internal listener: the connection goes on inside this Envoy',
    evidence: [evidenceOf(listener)],
  });
}

function innerRequest(trace: Tracing, { destination }: Tunnel): ResolvedRequest {
  const request = trace.request.whole;
  const [, ip, port] = /^\[?([^\]]+)\]?:(\d+)$/.exec(destination ?? '') ?? [];
  const plain: ResolvedRequest = { ...request, tls: 'plaintext', sni: null, alpn: [] };
  const carried = trace.http === null && trace.connection.isTls ? request : plain;
  return ip === undefined ? carried : { ...carried, ip, port: Number(port) };
}

/** The endpoints that end alike, one group of several by their shares. */
function pickEnd({ choices }: Tracing, legs: readonly Leg[]): readonly Leg[] {
  const groups = groupedBy(legs, ({ end }) => [end.outcome, end.reason, end.responseCode].join('|'));
  const all = [...groups.values()];
  const option = choices.pick(
    all.map(group => shareOf(group)),
    () => 0,
  );
  return all[option] ?? legs;
}

function shareOf(legs: readonly Leg[]): number {
  return legs.reduce((sum, { share }) => sum + share, 0);
}

function adopt(trace: Tracing, legs: readonly Leg[]): void {
  const [first] = legs;
  if (first === undefined) return;
  const walked = legs.flatMap(({ inner }) => inner ?? []);
  trace.steps.push(...(walked[0]?.steps ?? []));
  for (const { assumptions, missing, conditions } of walked) {
    for (const assumption of assumptions) trace.assumptions.add(assumption);
    for (const what of missing) trace.missing.add(what);
    trace.conditions.push(...conditions);
  }
  const total = shareOf(legs);
  const reached = legs.flatMap(leg => leg.endpoints.map(endpoint => ({ leg, endpoint })));
  trace.endpoints = reached.map(({ leg, endpoint }) => ({
    ...endpoint,
    address: addressOf(leg, endpoint),
    share: Math.round((endpoint.share / total) * 1e6) / 1e6,
  }));
  trace.tunnels = reached.map(({ leg }) => ({
    listener: null,
    destination: leg.tunnel?.destination ?? null,
    waypoint: leg.tunnel?.waypoint ?? null,
  }));
  trace.end = legs.length === 1 ? first.end : { ...first.end, because: because(trace, first.end) };
}

/** What an internal listener dials by its own endpoints; where these are internal again, what its connection is for. */
function addressOf({ inner }: Leg, { address }: Endpoint): string {
  const request = inner?.request;
  const isInternal = address.startsWith('envoy://');
  return isInternal && request !== undefined && request.ip !== null ? formatSocket(request.ip, request.port) : address;
}

function because({ endpoints }: Tracing, end: End): string {
  if (end.outcome !== 'forwarded') return end.because;
  const addresses = endpoints.map(({ address }) => address);
  return addresses.length <= 3 ? `endpoint ${addresses.join(' or ')}` : `one of ${addresses.length} endpoints`;
}
