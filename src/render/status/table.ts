import type { StatusReport } from '../../compare/sync-state.js';
import type { Paint } from '../paint.js';
import { statusNotes } from './notes.js';
import { statusRows } from './rows.js';
import { statusSummary } from './summary.js';

export interface StatusTableOptions {
  /** Columns of the terminal. */
  readonly width: number;
  /** Columns that a row of the table may take: the width unless given. */
  readonly rowWidth?: number;
  readonly paint: Paint;
}

/**
 * The report for people: how many proxies are how, a table of their states, and the notes below it, the gravest first;
 * a note that is the same for several proxies stands once. Lines keep to the width, but for names and commands, which
 * stay whole so that they can be copied.
 */
export function renderStatusTable(report: StatusReport, options: StatusTableOptions): string {
  const { rowWidth = options.width } = options;
  const rows = statusRows(report, { ...options, width: rowWidth });
  const parts = [statusSummary(report, options), rows, statusNotes(report, options)];
  return parts
    .filter(lines => lines.length > 0)
    .map(lines => `${lines.join('\n')}\n`)
    .join('\n');
}
