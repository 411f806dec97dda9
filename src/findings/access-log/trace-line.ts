import type { LogEntry } from '../../decode/access-log/entry.js';
import type { TraceResult } from '../../trace/result.js';
import type { TraceSettings } from '../../trace/settings.js';

/** The trace of a line's request. */
export interface TracedLine {
  readonly result: TraceResult;
  /** The cluster that the line names, where others were left out for it; null where the result holds all branches. */
  readonly cluster: string | null;
  /** Part of such requests that the result is about. */
  readonly share: number;
}

/** Traces a line's request; where it may go several ways, down those to the cluster that the line names. */
export function traceLine(
  { upstreamCluster }: LogEntry,
  trace: (settings: Pick<TraceSettings, 'cluster'>) => TraceResult,
): TracedLine {
  const result = trace({});
  const branches = result.weightedClusters.filter(({ outcome }) => outcome !== undefined);
  const possible = branches.filter(({ name }) => name === upstreamCluster || name === null);
  const isOneOfSeveral = possible.length < branches.length && possible.some(({ name }) => name !== null);
  if (upstreamCluster === null || !isOneOfSeveral) return { result, cluster: null, share: 1 };
  const share = possible.reduce((sum, branch) => sum + branch.share, 0);
  return { result: trace({ cluster: upstreamCluster }), cluster: upstreamCluster, share };
}
