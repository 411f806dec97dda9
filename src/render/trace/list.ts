import type { TraceResult } from '../../trace/result.js';
import { printable } from '../printable.js';
import { describeRequest } from '../request-line.js';
import { columns, padColumns } from '../wrap.js';
import type { TraceView } from './view.js';

const HEADINGS = ['ID', 'REQUEST', 'END', 'FINDING', 'CLUSTER'];
const GAP = '  ';
const NONE = '-';
const MAX_ID_COLUMNS = 20;
/** With less for request and cluster together, the cluster is left out. */
const MIN_SHARED_COLUMNS = 48;
/** With less for the request beside id, end and finding, the finding is left out as well. */
const MIN_REQUEST_COLUMNS = 16;

/** A result as a row: id, request, end, finding, and the cluster or what stands for it. */
export type TraceListRow = readonly string[];

/** Many results, one row each. Rows keep to the width; what they leave out for that is told below them. */
export function renderTraceList(
  rows: readonly TraceListRow[],
  { width, paint }: Pick<TraceView, 'width' | 'paint'>,
): string {
  const limits = limitsOf([HEADINGS, ...rows], width);
  const line = (cells: readonly string[]) =>
    cells
      .slice(0, limits.length)
      .map((cell, column) => padColumns(cut(cell, limits[column] ?? 0), limits[column] ?? 0))
      .join(GAP)
      .trimEnd();
  const left = HEADINGS.slice(limits.length).join(', ');
  const note = left === '' ? [] : [paint('dim', `left out for want of room: ${left}`)];
  return [paint('bold', line(HEADINGS)), ...rows.map(line), ...note].map(text => `${text}\n`).join('');
}

/** The row of one result; of the result nothing else is held. */
export function traceListRow(result: TraceResult): TraceListRow {
  const { id, request } = result;
  return [id, describeRequest(request), endOf(result), findingOf(result), clusterOf(result)].map(printable);
}

function endOf(result: TraceResult): string {
  return [result.outcome, result.responseCode, whyOf(result)].filter(part => part !== null).join(' ');
}

function whyOf({ outcome, responseFlag, reason }: TraceResult): string | null {
  return outcome === 'undetermined' ? null : (responseFlag ?? reason);
}

/** The first finding, which explains the end where one does, and how many more there are. */
function findingOf({ findings }: TraceResult): string {
  const [first, ...others] = findings;
  if (first === undefined) return NONE;
  return others.length === 0 ? first.code : `${first.code} +${others.length}`;
}

/** The cluster, those of the branches, or why there is none where the end does not say it. */
function clusterOf(result: TraceResult): string {
  const { cluster, weightedClusters, reason } = result;
  if (cluster !== null) return cluster;
  const names = new Set(weightedClusters.flatMap(({ name }) => name ?? []));
  if (names.size > 0) return [...names].join(', ');
  return reason === null || reason === whyOf(result) ? NONE : reason;
}

/** End and finding stand whole; request and cluster share what is left of the width, or the request has it alone. */
function limitsOf(rows: readonly (readonly string[])[], width: number): number[] {
  const whole = HEADINGS.map((_, column) =>
    rows.reduce((widest, row) => Math.max(widest, columns(row[column] ?? '')), 0),
  );
  const [id = 0, request = 0, end = 0, finding = 0, cluster = 0] = whole;
  if (whole.reduce((sum, cell) => sum + cell + GAP.length, -GAP.length) <= width) return whole;
  const idColumns = Math.min(id, MAX_ID_COLUMNS);
  const beside = width - idColumns - end - GAP.length * 2;
  const besideFinding = beside - finding - GAP.length;
  const shared = besideFinding - GAP.length;
  if (shared >= MIN_SHARED_COLUMNS) {
    const requestColumns = Math.min(request, Math.max(Math.floor(shared / 2), shared - cluster));
    return [idColumns, requestColumns, end, finding, Math.min(cluster, shared - requestColumns)];
  }
  if (besideFinding >= MIN_REQUEST_COLUMNS) return [idColumns, Math.min(request, besideFinding), end, finding];
  return [idColumns, Math.min(request, Math.max(MIN_REQUEST_COLUMNS, beside)), end];
}

function cut(text: string, length: number): string {
  return columns(text) <= length ? text : `${text.slice(0, Math.max(0, length - 1))}…`;
}
