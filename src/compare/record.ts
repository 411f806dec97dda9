import type { TraceRequest } from '../trace/request.js';
import type { TraceResult } from '../trace/result.js';

/** An expectation as `mesh-trace test` reads it. */
export interface RecordedExpectation {
  readonly request: TraceRequest;
  readonly expect: Record<string, unknown>;
}

/** What is recorded unless told otherwise: how the request ends and which way it takes. Addresses of pods are left out, for they change. */
export const RECORDED_FIELDS = [
  'outcome',
  'responseCode',
  'responseFlag',
  'reason',
  'routeConfig',
  'virtualHost',
  'route',
  'cluster',
  'weightedClusters',
  'rewrite',
  'redirect',
  'mirrors',
  'timeout',
] as const satisfies readonly (keyof TraceResult)[];

/** The expectation that a result meets. Fields that say nothing (null, empty) are left out. */
export function recordOf(request: TraceRequest, result: TraceResult, fields: readonly string[]): RecordedExpectation {
  const values: Record<string, unknown> = { ...result, weightedClusters: result.weightedClusters.map(branchOf) };
  const kept = fields.map(field => [field, withoutNothing(values[field])] as const);
  return {
    request,
    expect: Object.fromEntries(kept.filter(([, value]) => value !== undefined)),
  };
}

function branchOf({ name, share, outcome, reason }: TraceResult['weightedClusters'][number]) {
  return { name, share, outcome, reason };
}

/** A value without its empty parts; undefined where nothing is left. */
function withoutNothing(value: unknown): unknown {
  if (value === null || value === undefined) return undefined;
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map(item => withoutNothing(item) ?? null);
  if (typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, withoutNothing(inner)] as const);
  const kept = entries.filter(([, inner]) => inner !== undefined);
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}
