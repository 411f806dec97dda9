import type { ProxyConfig } from '../model/proxy.js';
import { percent } from './percent.js';
import type { ResolvedRequest } from './request.js';
import type { Resolved } from './resolve.js';
import type { Endpoint, Outcome, Step, TraceResult, Verdict, WeightedCluster } from './result.js';
import { forwardedTo, sentenceOf } from './sentence.js';
import type { End, Tracing } from './tracing.js';

/** One way that the request may go. */
export interface Branch {
  readonly trace: Tracing;
  /** Part of such requests that goes this way, 0 to 1. */
  readonly share: number;
}

/** Puts the branches of a request together into its result. */
export function verdictOf(proxy: ProxyConfig, resolved: Resolved, branches: readonly Branch[]): TraceResult {
  const ordered = [...branches].sort((a, b) => b.share - a.share);
  const main = ordered[0]?.trace;
  if (main === undefined) throw new Error('a request has at least one branch');
  const verdict = ordered.length === 1 ? verdictOfBranch(main) : verdictOfAll(ordered);
  const same = <T>(value: (trace: Tracing) => T): T | null => sameInAll(ordered, value);
  return {
    schemaVersion: 1,
    id: resolved.request.id,
    proxy: proxy.name,
    request: requestRecord(resolved.request),
    ...verdict,
    sentence: ordered.length === 1 ? sentenceOf(main) : sentenceOfAll(ordered, verdict.outcome),
    listener: main.listener?.name ?? null,
    filterChain: main.filterChain?.string('name') ?? null,
    routeConfig: main.routeTable?.name ?? null,
    virtualHost: main.virtualHost?.string('name') ?? null,
    route: same(trace => trace.route?.string('name') ?? null),
    cluster: same(trace => trace.cluster),
    weightedClusters: weightedClusters(ordered),
    virtualCluster: main.virtualCluster,
    rewrite: same(trace => trace.rewrite) ?? main.rewrite,
    redirect: same(trace => trace.redirect),
    mirrors: main.mirrors,
    retries: main.retries ?? {},
    timeout: main.timeout,
    endpoints: endpointsOf(ordered),
    steps: stepsOf(ordered),
    findings: [],
    assumptions: [...new Set([...resolved.assumptions, ...ordered.flatMap(({ trace }) => [...trace.assumptions])])],
    missing: [...new Set(ordered.flatMap(({ trace }) => [...trace.missing]))],
  };
}

/** A request of gRPC gets its answers as HTTP 200 with a grpc-status; redirects stay what they are. */
function verdictOfBranch({ end, request }: Tracing): Verdict {
  if (end === null) throw new Error('the branch has not ended');
  const isGrpcAnswer =
    request.protocol === 'grpc' &&
    end.outcome === 'responded' &&
    end.reason !== 'redirect' &&
    end.reason !== 'tls_required';
  return {
    outcome: end.outcome,
    responseCode: isGrpcAnswer ? 200 : end.responseCode,
    responseFlag: end.responseFlag,
    responseCodeDetails: end.responseCodeDetails,
    reason: end.reason,
  };
}

/** Branches that end alike have one verdict; others are `mixed`, or undetermined where one of them is. */
function verdictOfAll(branches: readonly Branch[]): Verdict {
  const verdicts = branches.map(({ trace }) => verdictOfBranch(trace));
  const first = verdicts[0];
  if (first !== undefined && verdicts.every(verdict => sameEnd(verdict, first))) return first;
  return { outcome: 'mixed', responseCode: null, responseFlag: null, responseCodeDetails: null, reason: null };
}

function sameEnd(a: Verdict, b: Verdict): boolean {
  return a.outcome === b.outcome && a.reason === b.reason && a.responseCode === b.responseCode;
}

function sameInAll<T>(branches: readonly Branch[], value: (trace: Tracing) => T): T | null {
  const values = branches.map(({ trace }) => value(trace));
  const first = values[0];
  return first !== undefined && values.every(other => JSON.stringify(other) === JSON.stringify(first)) ? first : null;
}

function sentenceOfAll(branches: readonly Branch[], outcome: Outcome): string {
  if (outcome === 'forwarded') {
    const parts = branches.map(({ trace, share }) => `${percent(share)} to ${forwardedTo(trace)}`);
    const conditions = [...new Set(branches.flatMap(({ trace }) => trace.conditions))];
    return `Forwarded: ${parts.join('; ')}${conditions.length === 0 ? '' : `, if ${conditions.join(' and ')}`}.`;
  }
  return branches.map(({ trace, share }) => `${percent(share)}: ${sentenceOf(trace)}`).join(' ');
}

/** The route's weighted clusters, each with its own end where it was followed; branches without a cluster stand beside them. */
function weightedClusters(branches: readonly Branch[]): WeightedCluster[] {
  const weights = branches.find(({ trace }) => trace.weights.length > 0)?.trace.weights ?? [];
  if (branches.length === 1 && weights.length === 0) return [];
  const followed = branches.map(({ trace, share }) => ({
    name: trace.cluster,
    weight: trace.clusterWeight,
    share: round(share),
    ...endOf(trace.end),
  }));
  if (branches.length > 1) return followed;
  const total = weights.reduce((sum, { weight }) => sum + weight, 0);
  const main = followed[0];
  return weights.map(({ name, weight }) => ({
    name,
    weight,
    share: total === 0 ? 0 : round(weight / total),
    ...(main !== undefined && main.name === name ? endOf(branches[0]?.trace.end ?? null) : {}),
  }));
}

function endOf(end: End | null): Pick<WeightedCluster, 'outcome' | 'reason' | 'responseCode' | 'responseFlag'> {
  return {
    outcome: end?.outcome ?? 'undetermined',
    reason: end?.reason ?? null,
    responseCode: end?.responseCode ?? null,
    responseFlag: end?.responseFlag ?? null,
  };
}

/** Endpoints of all branches; shares are parts of all requests. */
function endpointsOf(branches: readonly Branch[]): Endpoint[] {
  if (branches.length === 1) return branches[0]?.trace.endpoints ?? [];
  return branches.flatMap(({ trace, share }) =>
    trace.endpoints.map(endpoint => ({ ...endpoint, share: round(endpoint.share * share) })),
  );
}

/** The common steps once, then each branch's own under its name. */
function stepsOf(branches: readonly Branch[]): Step[] {
  const main = branches[0]?.trace.steps ?? [];
  if (branches.length === 1) return main;
  let common = 0;
  while (
    common < main.length &&
    branches.every(({ trace }) => JSON.stringify(trace.steps[common]) === JSON.stringify(main[common]))
  )
    common++;
  const own = branches.flatMap(({ trace, share }) =>
    trace.steps.slice(common).map(step => ({ ...step, branch: branchName(trace, share) })),
  );
  return [...main.slice(0, common), ...own];
}

function branchName({ cluster, end }: Tracing, share: number): string {
  return `${percent(share)} ${cluster ?? end?.reason ?? end?.outcome ?? ''}`;
}

function requestRecord(request: ResolvedRequest): Record<string, unknown> {
  const headers = Object.fromEntries(
    [...request.headers].map(([name, values]) => [name, values.length === 1 ? values[0] : values]),
  );
  return { ...request, headers };
}

function round(share: number): number {
  return Math.round(share * 1e6) / 1e6;
}
