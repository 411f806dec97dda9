import type { ProxyConfig } from '../model/proxy.js';
import { clusterParts } from '../model/services.js';
import { type Branch, ownVerdict, sentenceOfBranch, stepsOfBranch, unseenNote, verdictOfBranch } from './branch.js';
import { percent } from './percent.js';
import type { ResolvedRequest } from './request.js';
import type { Resolved } from './resolve.js';
import type { Endpoint, Outcome, Step, TraceResult, Verdict, WeightedCluster } from './result.js';
import { forwardedTo } from './sentence.js';
import type { Tracing } from './tracing.js';

/** Puts the branches of a request together into its result. */
export function verdictOf(proxy: ProxyConfig, resolved: Resolved, branches: readonly Branch[]): TraceResult {
  const ordered = [...branches].sort((a, b) => b.share - a.share);
  const [first] = ordered;
  if (first === undefined) throw new Error('a request has at least one branch');
  const main = first.trace;
  const verdict = verdictOfAll(ordered);
  const same = <T>(value: (trace: Tracing) => T): T | null => sameInAll(ordered, value);
  return {
    schemaVersion: 1,
    id: resolved.request.id,
    proxy: proxy.name,
    request: requestRecord(resolved.request),
    outcome: verdict.outcome,
    responseCode: verdict.responseCode,
    responseFlag: verdict.responseFlag,
    responseCodeDetails: verdict.responseCodeDetails,
    reason: verdict.reason,
    sentence: `${ordered.length === 1 ? sentenceOfBranch(first) : sentenceOfAll(ordered, verdict.outcome)}${unknownHostNote(resolved, main)}${anyHostNote(resolved, main)}`,
    listener: main.listener?.name ?? null,
    filterChain: main.filterChain?.string('name') ?? null,
    routeConfig: main.routeTable?.name ?? null,
    virtualHost: main.virtualHost?.string('name') ?? null,
    route: same(trace => trace.route?.string('name') ?? null),
    cluster: same(trace => trace.cluster),
    weightedClusters: weightedClusters(ordered),
    virtualCluster: main.virtualCluster,
    rewrite: same(rewriteOf) ?? rewriteOf(main),
    redirect: same(trace => trace.redirect),
    mirrors: main.mirrors,
    retries: firstOf(ordered, trace => trace.retries) ?? {},
    timeout: firstOf(ordered, trace => trace.timeout),
    endpoints: endpointsOf(ordered),
    steps: stepsOf(ordered),
    findings: [],
    assumptions: [...new Set([...resolved.assumptions, ...ordered.flatMap(({ trace }) => [...trace.assumptions])])],
    missing: [
      ...new Set([...ordered.flatMap(({ trace, peer }) => [...trace.missing, ...(peer?.result.missing ?? [])])]),
    ],
    ...otherHalf(first),
  };
}

/** Where no virtual host but a wildcard takes a host that the configuration does not name, the name may be a mistake. */
function unknownHostNote({ unknownHost }: Resolved, { end, virtualHost }: Tracing): string {
  const isNamed = virtualHost !== null && !virtualHost.strings('domains').includes('*');
  if (unknownHost === null || isNamed || end?.outcome === 'forwarded') return '';
  const near = unknownHost.near.length === 0 ? '' : `; it knows ${unknownHost.near.join(', ')}`;
  return ` This proxy’s configuration knows no service ${unknownHost.name}${near}.`;
}

/** A listener for plain TCP on every address takes its port for all hosts that have no address of their own, whichever was meant. */
function anyHostNote(
  { withoutAddress, request: { port, tls } }: Resolved,
  { cluster, isTcp, listener }: Tracing,
): string {
  const parts = cluster === null ? null : clusterParts(cluster);
  if (withoutAddress === null || !isTcp || tls !== 'plaintext' || parts === null || listener === null) return '';
  if (parts.direction !== 'outbound' || parts.host === withoutAddress) return '';
  return ` Listener ${listener.name ?? ''} sends all of port ${port} there: it cannot tell ${withoutAddress} from other hosts.`;
}

/** The receiving side of the branch that most requests take. */
function otherHalf({ trace, peer }: Branch): Pick<TraceResult, 'peer' | 'endedBy' | 'client'> {
  if (peer === undefined) return {};
  const endedBy = peer.refused?.because.startsWith('the client refuses') === true ? 'client' : 'server';
  return { peer: peer.result, endedBy, client: ownVerdict(trace) };
}

/** Branches that end alike have one verdict; others are `mixed`. */
function verdictOfAll(branches: readonly Branch[]): Verdict {
  const verdicts = branches.map(verdictOfBranch);
  const [first] = verdicts;
  if (first !== undefined && verdicts.every(verdict => sameEnd(verdict, first))) return first;
  return { outcome: 'mixed', responseCode: null, responseFlag: null, responseCodeDetails: null, reason: null };
}

function rewriteOf({ rewrite: { path, host } }: Tracing): TraceResult['rewrite'] {
  return { path, host };
}

function sameEnd(a: Verdict, b: Verdict): boolean {
  return a.outcome === b.outcome && a.reason === b.reason && a.responseCode === b.responseCode;
}

function sameInAll<T>(branches: readonly Branch[], value: (trace: Tracing) => T): T | null {
  const [only] = branches;
  if (only !== undefined && branches.length === 1) return value(only.trace);
  const values = branches.map(({ trace }) => value(trace));
  const first = values[0];
  const isSame = (other: T) => other === first || JSON.stringify(other) === JSON.stringify(first);
  return first !== undefined && values.every(isSame) ? first : null;
}

/** What the branches that go on say; one that ends early, such as a fault, does not know it. */
function firstOf<T>(branches: readonly Branch[], value: (trace: Tracing) => T | null): T | null {
  return branches.map(({ trace }) => value(trace)).find(found => found !== null) ?? null;
}

function sentenceOfAll(branches: readonly Branch[], outcome: Outcome): string {
  if (outcome === 'forwarded' && branches.every(({ peer }) => peer === undefined)) {
    const parts = branches.map(({ trace, share }) => `${percent(share)} to ${forwardedTo(trace)}`);
    const conditions = [...new Set(branches.flatMap(({ trace }) => trace.conditions))];
    return `Forwarded: ${parts.join('; ')}${conditions.length === 0 ? '' : `, if ${conditions.join(' and ')}`}.${unseenNote(branches)}`;
  }
  return branches.map(branch => `${percent(branch.share)}: ${sentenceOfBranch(branch)}`).join(' ');
}

/** The branches with their ends; with one branch only, the route's other clusters stand beside it without an end. */
function weightedClusters(branches: readonly Branch[]): WeightedCluster[] {
  const weights = branches.find(({ trace }) => trace.weights.length > 0)?.trace.weights ?? [];
  if (branches.length > 1) return branches.map(branch => ({ ...namesOf(branch), ...endOf(branch) }));
  const total = weights.reduce((sum, { weight }) => sum + weight, 0);
  const [only] = branches;
  return weights.map(({ name, weight }) => ({
    name,
    weight,
    share: total === 0 ? 0 : round(weight / total),
    ...(only !== undefined && only.trace.cluster === name ? endOf(only) : {}),
  }));
}

function namesOf({ trace, share }: Branch): Pick<WeightedCluster, 'name' | 'weight' | 'share'> {
  return { name: trace.cluster, weight: trace.clusterWeight, share: round(share) };
}

function endOf(branch: Branch): Pick<WeightedCluster, 'outcome' | 'reason' | 'responseCode' | 'responseFlag'> {
  const { outcome, reason, responseCode, responseFlag } = verdictOfBranch(branch);
  return { outcome, reason, responseCode, responseFlag };
}

/** Endpoints of all branches; shares are parts of all requests. Branches over one cluster's endpoints list each of them once. */
function endpointsOf(branches: readonly Branch[]): readonly Endpoint[] {
  const runs = [...new Set(branches.map(({ trace }) => trace))];
  if (runs.length === 1) return runs[0]?.endpoints ?? [];
  return runs.flatMap(trace => {
    const share = branches.filter(branch => branch.trace === trace).reduce((sum, branch) => sum + branch.share, 0);
    return trace.endpoints.map(endpoint => ({ ...endpoint, share: round(endpoint.share * share) }));
  });
}

/** The common steps once, then each branch's own under its name. */
function stepsOf(branches: readonly Branch[]): Step[] {
  const all = branches.map(stepsOfBranch);
  const main = all[0] ?? [];
  if (branches.length === 1) return main;
  let common = 0;
  while (common < main.length && all.every(steps => sameStep(steps[common], main[common]))) common++;
  const own = branches.flatMap((branch, i) =>
    (all[i] ?? []).slice(common).map(step => ({ ...step, branch: branchName(branch, branches) })),
  );
  return [...main.slice(0, common), ...own];
}

/** What a reader would tell two steps apart by. */
function sameStep(a: Step | undefined, b: Step | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined) return false;
  const isSame =
    a.hop === b.hop && a.status === b.status && a.name === b.name && a.pointer === b.pointer && a.why === b.why;
  return isSame && a.details.join() === b.details.join();
}

/** By its cluster; where the endpoints of one cluster end in several ways, by these. */
function branchName({ trace, share, endpoints }: Branch, all: readonly Branch[]): string {
  const isDivided = all.filter(other => other.trace === trace).length > 1;
  const where = (isDivided ? endpoints?.join(', ') : null) ?? trace.cluster;
  return `${percent(share)} ${where ?? trace.end?.reason ?? trace.end?.outcome ?? ''}`;
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
