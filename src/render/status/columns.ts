import { rank } from '../../compare/sync-notes/note.js';
import type { ReportedProxy, StatusReport } from '../../compare/sync-state.js';
import type { Style } from '../paint.js';
import { printable } from '../printable.js';
import { columns } from '../wrap.js';
import { stateWords, type Words } from './cells.js';
import { shortIstiods } from './names.js';
import { common, FACTS, type Fact } from './summary.js';

export const GAP = '  ';

export interface Cell {
  readonly text: string;
  readonly style: Style | null;
  /** Stands alone in its line, so its column need not be as wide. */
  readonly spans?: boolean;
}

export interface Column {
  readonly title: string;
  readonly cells: readonly Cell[];
}

/** How names of istiods stand: whole, or {@link shortIstiods | without what all of them begin with}. */
type IstiodNames = 'whole' | 'short';

/** The columns of the table, names first; a line more for each missing proxy. */
export function columnsOf(
  report: StatusReport,
  words: Words,
  omitted: readonly Fact[],
  istiods: IstiodNames = 'short',
): Column[] {
  const { proxies, missing } = report;
  const names = [
    ...proxies.map(({ name }): Cell => ({ text: printable(name), style: null })),
    ...missing.map((name): Cell => ({ text: printable(name), style: 'bad' })),
  ];
  const gone = missing.map((): Cell => ({ text: 'not listed', style: 'bad', spans: true }));
  const types = [...new Set(proxies.flatMap(proxy => Object.keys(proxy.types)))];
  const states = types.map(type => ({
    title: printable(type),
    cells: proxies.map(proxy => stateCell(proxy, type, words)),
  }));
  const [first = { title: '', cells: [] }, ...others] = states;
  return [
    { title: 'NAME', cells: names },
    { ...first, cells: [...first.cells, ...gone] },
    ...others,
    ...differingFacts(proxies)
      .filter(fact => !omitted.includes(fact))
      .map(fact => factColumn(proxies, fact, istiods)),
  ];
}

/** A state's colour is that of the gravest note about it. */
function stateCell(proxy: ReportedProxy, type: string, words: Words): Cell {
  const status = proxy.types[type];
  if (status === undefined) return { text: '', style: null };
  const about = proxy.notes.filter(({ types }) => types.includes(type)).map(({ severity }) => rank(severity));
  const style = (['bad', 'warn'] as const)[Math.min(...about)] ?? (status.state === 'SYNCED' ? 'good' : 'dim');
  return { text: printable(stateWords(status, words)), style };
}

/** The facts that are not the same for all proxies. */
export function differingFacts(proxies: readonly ReportedProxy[]): Fact[] {
  return FACTS.filter(fact => common(proxies, fact) === null && proxies.some(proxy => proxy[fact] !== null));
}

function factColumn(proxies: readonly ReportedProxy[], fact: Fact, istiods: IstiodNames): Column {
  const values = proxies.map(proxy => printable(proxy[fact] ?? ''));
  const shown = fact === 'istiod' && istiods === 'short' ? shortIstiods(values) : values;
  return { title: fact.toUpperCase(), cells: shown.map(text => ({ text, style: null })) };
}

/** Columns of the terminal that the title and the cells need; a cell that spans others needs none. */
export function columnWidth({ title, cells }: Column): number {
  return Math.max(columns(title), ...cells.map(({ text, spans }) => (spans ? 0 : columns(text))));
}

/** Columns of the terminal that all columns need, with the gaps between them. */
export function lineWidth(all: readonly Column[]): number {
  return all.reduce((sum, column) => sum + columnWidth(column), 0) + GAP.length * Math.max(0, all.length - 1);
}
