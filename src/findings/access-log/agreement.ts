import type { LogEntry } from '../../decode/access-log/entry.js';
import type { TraceResult, Verdict, WeightedCluster } from '../../trace/result.js';
import { explainTerm } from '../explain.js';
import type { Side } from '../explanations/text.js';
import { isLimited, type TimeLimits, timeLimits } from './time-limits.js';
import type { TracedLine } from './trace-line.js';

/** How a line and the configuration at hand go together. */
export type Agreement =
  /** The configuration ends such a request as the line says. */
  | 'agrees'
  /** What the line says is the configuration's doing, and this configuration does it no more. */
  | 'changed'
  /** The configuration forwards; the line says that the other side, or the connection to it, failed. */
  | 'upstream'
  /** The configuration forwards; the line says that the client went away or broke the protocol. */
  | 'client'
  /** The configuration forwards; the line says that Envoy decided by what it knew at that moment: limits, load, health. */
  | 'run-time'
  /** Both end the request, each in its own way. */
  | 'differs'
  | 'undetermined';

export interface Judgement {
  readonly agreement: Agreement;
  /** Part of such requests for which it agrees, where they may go several ways; null for all. */
  readonly share: number | null;
  /** The cluster that the line names, where the configuration now chooses another one. */
  readonly otherCluster: string | null;
  /** What makes Envoy give up on such a request, where the line says that it did; else null. */
  readonly limits: TimeLimits | null;
}

/** Whether a line tells of a failure: a response flag, or a code of 400 and more. */
export function isFailing({ code, flags }: LogEntry): boolean {
  return flags.length > 0 || (code ?? 0) >= 400;
}

/** Judges a line against the trace of its request through the configuration at hand. */
export function judge(entry: LogEntry, { result, share: taken }: TracedLine): Judgement {
  const part = endsAlike(entry, result, result) ? 1 : branchShare(entry, result);
  const share = part === null || part * taken === 1 ? null : part * taken;
  const limits = goesOn(result) ? timeLimits(entry, result) : null;
  const judged = { share, otherCluster: otherCluster(entry, result), limits };
  if (part !== null) return { ...judged, agreement: 'agrees' };
  if (result.outcome === 'undetermined') return { ...judged, agreement: 'undetermined' };
  if (!isFailing(entry))
    return { ...judged, agreement: goesOn(result) && judged.otherCluster === null ? 'agrees' : 'changed' };
  if (limits !== null && !isLimited(limits)) return { ...judged, agreement: 'changed' };
  return { ...judged, agreement: goesOn(result) ? blame(entry) : 'differs' };
}

/** Whether a part of such requests at least goes on to a cluster. */
function goesOn({ outcome, weightedClusters }: TraceResult): boolean {
  const outcomes = outcome === 'mixed' ? weightedClusters.map(branch => branch.outcome) : [outcome];
  return outcomes.some(one => one === 'forwarded' || one === 'passthrough');
}

/** The same code and flag, and the same details where both have some. What the other side answered counts as the trace's own end. */
function endsAlike(
  entry: LogEntry,
  end: Pick<Verdict, 'outcome' | 'responseCode' | 'responseFlag'>,
  result: TraceResult,
): boolean {
  if (end.outcome === 'forwarded' || end.outcome === 'passthrough' || end.outcome === 'undetermined') return false;
  if ((end.responseCode ?? 0) !== (entry.code ?? 0)) return false;
  const flags = shortFlags(entry);
  if (end.responseFlag === null ? flags.some(isDecisive) : !flags.includes(end.responseFlag)) return false;
  return result.endedBy === 'server' || sameDetails(entry.details, result.responseCodeDetails);
}

/** Details agree in their names; what stands in brackets differs by version. */
function sameDetails(logged: string | null, traced: string | null): boolean {
  return logged === null || traced === null || nameOf(logged) === nameOf(traced);
}

function nameOf(details: string): string {
  return details.replace(/[{[(:].*$/s, '');
}

/** Flags that only say what was done beside forwarding. */
function isDecisive(flag: string): boolean {
  return flag !== 'DI' && flag !== 'URX';
}

/** The share of the branches that end as the line says, where others do not; null where none does. */
function branchShare(entry: LogEntry, result: TraceResult): number | null {
  if (result.outcome !== 'mixed') return null;
  const alike = result.weightedClusters.filter(branch =>
    endsAlike(entry, asEnd(branch), { ...result, responseCodeDetails: null }),
  );
  return alike.length === 0 ? null : alike.reduce((sum, { share }) => sum + share, 0);
}

function asEnd({ outcome = 'undetermined', responseCode = null, responseFlag = null }: WeightedCluster) {
  return { outcome, responseCode, responseFlag };
}

function otherCluster({ upstreamCluster }: LogEntry, { cluster, weightedClusters }: TraceResult): string | null {
  const now =
    cluster === null
      ? weightedClusters.map(({ name }) => name)
      : [cluster, ...weightedClusters.map(({ name }) => name)];
  if (upstreamCluster === null || now.length === 0 || now.includes(upstreamCluster)) return null;
  return upstreamCluster.includes('|') === (now[0] ?? '').includes('|') ? upstreamCluster : null;
}

/** Who failed, where the configuration forwards: what the first flag says, else the details, else whether an upstream was reached. */
function blame(entry: LogEntry): Agreement {
  const { side, isConfigured } = cause(entry);
  if (side === 'upstream' || side === 'client') return side;
  return side === 'proxy' && isConfigured ? 'changed' : 'run-time';
}

/** Reasons that load brings about as well; a trace knows them only where a limit is 0. */
const BY_LOAD = new Set(['overflow']);

function cause(entry: LogEntry): { side: Side; isConfigured: boolean } {
  for (const term of [...entry.flags, entry.details, entry.termination]) {
    const explanation = term === null ? null : explainTerm(term);
    const known = explanation?.unknown.length === 0 ? explanation.terms[0] : undefined;
    if (known !== undefined)
      return { side: known.side, isConfigured: known.reasons.some(reason => !BY_LOAD.has(reason)) };
  }
  return entry.upstreamHost === null
    ? { side: 'proxy', isConfigured: true }
    : { side: 'upstream', isConfigured: false };
}

/** Flags by their short names, whichever form the format logs. */
function shortFlags({ flags }: LogEntry): string[] {
  return flags.map(flag => explainTerm(flag)?.terms.find(({ kind }) => kind === 'response-flag')?.term ?? flag);
}
