import type { NameCollector } from './names.js';
import type { Pseudonyms } from './pseudonyms.js';

const GAP = '     ';

/** Adds the names in a table of `istioctl proxy-status`: those of pods, with their namespaces and alone. */
export function collectFromTable(table: string, into: NameCollector): void {
  for (const cells of rowsOf(table).slice(1)) into.add(cells.filter(isName), 'name');
}

/** The table with its names replaced, its columns as wide as they must be: an empty cell is told by its place. */
export function pseudonymousTable(table: string, pseudonyms: Pseudonyms): string {
  const [header = [], ...rows] = rowsOf(table);
  const lines = [header, ...rows.map(cells => cells.map(cell => (isName(cell) ? pseudonyms.text(cell) : cell)))];
  const widths = header.map((_, column) => Math.max(...lines.map(cells => cells[column]?.length ?? 0)));
  const text = lines.map(cells =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join(GAP)
      .trimEnd(),
  );
  return `${text.join('\n')}\n`;
}

/** The cells of each line, by where the header's columns begin. */
function rowsOf(table: string): string[][] {
  const lines = table.split(/\r?\n/).filter(line => line.trim() !== '');
  const starts = [...(lines[0] ?? '').matchAll(/\S+(?: \S+)*/g)].map(({ index }) => index);
  return lines.map(line => starts.map((start, column) => line.slice(start, starts[column + 1]).trim()));
}

/** States are in capitals, versions are numbers; all else in such a table is a name. */
function isName(cell: string): boolean {
  return /^[a-z]/.test(cell) || /^[A-Z][a-z]/.test(cell);
}
