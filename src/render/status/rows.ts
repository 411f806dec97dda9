import type { StatusReport } from '../../compare/sync-state.js';
import type { Paint } from '../paint.js';
import { padColumns, wrap } from '../wrap.js';
import { COMPACT, FULL, legend } from './cells.js';
import { type Cell, type Column, columnsOf, columnWidth, differingFacts, GAP, lineWidth } from './columns.js';
import { shortName } from './names.js';
import type { Fact } from './summary.js';
import type { StatusTableOptions } from './table.js';

/** Names keep so much where columns that are no states can give way. */
const SHORT_NAME = 28;
/** On the narrowest terminals the states need the rest. */
const SHORTEST_NAME = 20;

/**
 * The table: a line a proxy, a column an xDS type, and those of cluster, istiod and version that are not the same for all.
 * The states stand in Istio's words and istiods with their whole names where the width allows; else in shorter ones with a
 * legend, names are cut in their middle, columns that are no states are left out, which the legend says, and at last names
 * stand above their states.
 */
export function statusRows(report: StatusReport, { width, paint }: StatusTableOptions): string[] {
  if (report.proxies.length + report.missing.length === 0) return [];
  const roomy = [columnsOf(report, FULL, [], 'whole'), columnsOf(report, FULL, [])];
  const fitting = roomy.find(columns => lineWidth(columns) <= width);
  if (fitting !== undefined) return draw(fitting, paint);
  const omitted = omittedFacts(report, width);
  const [names = NO_NAMES, ...others] = columnsOf(report, COMPACT, omitted);
  const room = width - lineWidth(others) - GAP.length;
  const table =
    room < SHORTEST_NAME
      ? drawBelow(shortened(names, width), others, paint)
      : draw([shortened(names, room), ...others], paint);
  return [...table, ...legendLines(report, omitted, { width, paint })];
}

const NO_NAMES: Column = { title: '', cells: [] };

function shortened({ title, cells }: Column, room: number): Column {
  return { title, cells: cells.map(cell => ({ ...cell, text: shortName(cell.text, room) })) };
}

/** Cluster, then istiod, then version give way, until the names have room. */
function omittedFacts(report: StatusReport, width: number): Fact[] {
  const omitted: Fact[] = [];
  const needed = () => SHORT_NAME + GAP.length + lineWidth(columnsOf(report, COMPACT, omitted).slice(1));
  for (const fact of differingFacts(report.proxies)) if (needed() > width) omitted.push(fact);
  return omitted;
}

function draw(all: readonly Column[], paint: Paint): string[] {
  const widths = all.map(columnWidth);
  const count = Math.max(...all.map(({ cells }) => cells.length));
  const line = (cells: readonly (Cell | undefined)[]) =>
    cells
      .map((cell, index) => drawCell(cell, widths[index] ?? 0, paint))
      .join(GAP)
      .trimEnd();
  const header = line(all.map(({ title }) => ({ text: title, style: 'bold' })));
  return [header, ...Array.from({ length: count }, (_, index) => line(all.map(({ cells }) => cells[index])))];
}

/** Each name on a line of its own, its states below it. */
function drawBelow(names: Column, others: readonly Column[], paint: Paint): string[] {
  const below = draw(others, paint);
  return draw([names], paint).flatMap((name, index) => [name, `${GAP}${below[index] ?? ''}`.trimEnd()]);
}

/** The spaces stay outside the colour. */
function drawCell(cell: Cell | undefined, width: number, paint: Paint): string {
  const { text, style } = cell ?? { text: '', style: null };
  const spaces = padColumns(text, width).slice(text.length);
  return (style === null ? text : paint(style, text)) + spaces;
}

function legendLines({ proxies }: StatusReport, omitted: readonly Fact[], options: StatusTableOptions): string[] {
  const states = new Set(proxies.flatMap(({ types }) => Object.values(types).map(({ state }) => state)));
  const left = omitted.length === 0 ? '' : `left out for want of room: ${omitted.join(', ')}`;
  const text = [legend(states), left].filter(part => part !== '').join('; ');
  return wrap(text, options.width).map(line => options.paint('dim', line));
}
