import type { ProxyConfig } from '../model/proxy.js';
import type { Snapshot } from '../model/snapshot.js';
import type { Reason } from '../trace/reasons.js';
import type { Outcome, TraceResult } from '../trace/result.js';
import { CATALOGUE } from './catalogue.js';
import { compareFindings, distinct, type Finding, summaryOf } from './finding.js';
import { type FindingSettings, timeOf } from './now.js';
import type { TraceScope } from './rule.js';
import { RULES } from './rules.js';
import { runOnTrace } from './run-rules.js';
import { touchedBy } from './touched.js';

/**
 * The findings about what a request touched, in all proxies that the trace went through: first those that explain the verdict, causes
 * before symptoms, then the others, gravest first.
 *
 * @param proxy the one that the result is of
 */
export function findingsOfTrace(
  result: TraceResult,
  proxy: ProxyConfig,
  snapshot: Snapshot,
  settings: FindingSettings = {},
): Finding[] {
  const found = distinct(halvesOf(result, proxy, snapshot, settings).flatMap(half => runOnTrace(RULES, half)));
  const ends = endsOf(result);
  const explaining = found.filter(({ code }) => CATALOGUE[code].explains.some(end => ends.has(end)));
  const others = found.filter(finding => !explaining.includes(finding));
  return [...explaining.map(finding => asCause(finding, ends)).sort(byCause), ...others.sort(compareFindings)];
}

/** The result with its findings filled in; as it is where the snapshot does not hold its proxy. */
export function withFindings(result: TraceResult, snapshot: Snapshot, settings: FindingSettings = {}): TraceResult {
  const proxy = snapshot.proxies.find(({ name }) => name === result.proxy);
  if (proxy === undefined) return result;
  return { ...result, findings: findingsOfTrace(result, proxy, snapshot, settings).map(summaryOf) };
}

/** Each proxy’s part of a trace: what it decided itself, and what the next one made of it. */
function halvesOf(
  result: TraceResult,
  proxy: ProxyConfig,
  snapshot: Snapshot,
  settings: FindingSettings,
  isPeer = false,
): TraceScope[] {
  const own = result.client === undefined ? result : { ...result, ...result.client };
  const next = snapshot.proxies.find(({ name }) => name === result.peer?.proxy);
  const behind =
    result.peer === undefined || next === undefined ? [] : halvesOf(result.peer, next, snapshot, settings, true);
  const half: TraceScope = {
    proxy,
    snapshot,
    now: timeOf(proxy, settings),
    result: own,
    touched: touchedBy(own, proxy),
    end: result,
    peer: behind[0] ?? null,
    isPeer,
  };
  return [half, ...behind];
}

/** How a request ends, in the catalogue’s words; of several branches all that do not simply go on. */
function endsOf({ reason, outcome, weightedClusters }: TraceResult): ReadonlySet<Reason | Outcome> {
  const branches = weightedClusters.flatMap(branch => [branch.reason ?? null, branch.outcome ?? null]);
  return new Set([reason, outcome, ...branches].filter(end => end !== null) as (Reason | Outcome)[]);
}

/** What ends a request in failure is an error, whatever it is where it stands alone. */
function asCause(finding: Finding, ends: ReadonlySet<Reason | Outcome>): Finding {
  const isHarmless = CATALOGUE[finding.code].explains.every(end => !ends.has(end) || HARMLESS.has(end));
  return isHarmless ? finding : { ...finding, severity: 'error' };
}

const HARMLESS: ReadonlySet<Reason | Outcome> = new Set([
  'passthrough',
  'redirect',
  'tls_required',
  'missing_evidence',
]);

/** In the order of the codes, whatever the severity. */
function byCause(a: Finding, b: Finding): number {
  return compareFindings({ ...a, severity: 'error' }, { ...b, severity: 'error' });
}
