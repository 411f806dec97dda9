import type { TraceResult } from '../trace/result.js';
import { printable } from './printable.js';
import { describeRequest } from './request-line.js';
import type { TraceView } from './trace-view.js';
import { columns, padColumns } from './wrap.js';

const HEADINGS = ['ID', 'REQUEST', 'END', 'CLUSTER'];
const GAP = '  ';
const MAX_ID_COLUMNS = 20;
/** With less for request and cluster together, the cluster is left out. */
const MIN_SHARED_COLUMNS = 48;

/** A result as a row: id, request, end, and the cluster or what else is to say. */
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
  const left = HEADINGS.slice(limits.length).map(heading => paint('dim', `left out for want of room: ${heading}`));
  return [paint('bold', line(HEADINGS)), ...rows.map(line), ...left].map(text => `${text}\n`).join('');
}

/** The row of one result; of the result nothing else is held. */
export function traceListRow(result: TraceResult): TraceListRow {
  return [result.id, describeRequest(result.request), endOf(result), result.cluster ?? result.sentence].map(printable);
}

function endOf({ outcome, responseCode, responseFlag, reason }: TraceResult): string {
  const why = outcome === 'undetermined' ? null : (responseFlag ?? reason);
  return [outcome, responseCode, why].filter(part => part !== null).join(' ');
}

/** The end stands whole; request and cluster share what is left of the width, or the request has it alone. */
function limitsOf(rows: readonly (readonly string[])[], width: number): number[] {
  const [id = 0, request = 0, end = 0, cluster = 0] = HEADINGS.map((_, column) =>
    rows.reduce((widest, row) => Math.max(widest, columns(row[column] ?? '')), 0),
  );
  const whole = [id, request, end, cluster];
  if (whole.reduce((sum, cell) => sum + cell + GAP.length, -GAP.length) <= width) return whole;
  const idColumns = Math.min(id, MAX_ID_COLUMNS);
  const left = width - idColumns - end - GAP.length * 3;
  if (left < MIN_SHARED_COLUMNS) return [idColumns, Math.min(request, Math.max(16, left + GAP.length)), end];
  const half = Math.floor(left / 2);
  const requestColumns = Math.min(request, Math.max(half, left - cluster));
  return [idColumns, requestColumns, end, Math.min(cluster, left - requestColumns)];
}

function cut(text: string, length: number): string {
  return columns(text) <= length ? text : `${text.slice(0, Math.max(0, length - 1))}…`;
}
