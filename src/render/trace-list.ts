import type { TraceResult } from '../trace/result.js';
import { printable } from './printable.js';
import { describeRequest, type TraceView } from './trace-table.js';

/** Many results, one row each: id, proxy, request, end, cluster. */
export function renderTraceList(results: readonly TraceResult[], { width, paint }: TraceView): string {
  const rows = results.map(result => [
    result.id,
    printable(describeRequest(result.request)),
    endOf(result),
    printable(result.cluster ?? result.sentence),
  ]);
  const headings = ['ID', 'REQUEST', 'END', 'CLUSTER'];
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...rows.map(row => row[column]?.length ?? 0)),
  );
  const limit = (column: number) =>
    Math.min(widths[column] ?? 0, column === 1 ? Math.max(24, Math.floor(width * 0.4)) : 60);
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => (column === cells.length - 1 ? cell : cut(cell, limit(column)).padEnd(limit(column))))
      .join('  ')
      .trimEnd();
  return [paint('bold', line(headings)), ...rows.map(line)].map(text => `${text}\n`).join('');
}

function endOf({ outcome, responseCode, responseFlag, reason }: TraceResult): string {
  return [outcome, responseCode, responseFlag, reason].filter(part => part !== null).join(' ');
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}
