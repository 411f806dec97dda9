import { worstOf } from '../../compare/sync-notes/note.js';
import type { ReportedProxy, StatusReport } from '../../compare/sync-state.js';
import type { Style } from '../paint.js';
import { printable } from '../printable.js';
import { wrap } from '../wrap.js';
import type { StatusTableOptions } from './table.js';

/** What a proxy may have to tell beside its states; told once where it is the same for all. */
export const FACTS = ['cluster', 'istiod', 'version'] as const;

export type Fact = (typeof FACTS)[number];

/** The one value that all proxies have; null where they differ or none tells it. */
export function common(proxies: readonly ReportedProxy[], fact: Fact): string | null {
  const values = new Set(proxies.map(proxy => proxy[fact]));
  return values.size === 1 ? ([...values][0] ?? null) : null;
}

/** `10 proxies: 9 without problems, 1 with warnings; all of version 1.1.3`. */
export function statusSummary(report: StatusReport, { width, paint }: StatusTableOptions): string[] {
  const { proxies } = report;
  const counts = countsOf(report);
  const shared = FACTS.flatMap(fact => {
    const value = common(proxies, fact);
    return value === null ? [] : [`${fact} ${printable(value)}`];
  });
  const all = proxies.length > 1 && shared.length > 0 ? 'all with ' : '';
  const states = counts.length === 0 ? '' : `: ${counts.map(({ text }) => text).join(', ')}`;
  const facts = shared.length === 0 ? '' : `; ${all}${shared.join(', ')}`;
  const text = `${many(proxies.length)}${states}${facts}.`;
  return wrap(text, width).map((line, index) => (index === 0 ? paintCounts(line, counts, paint) : line));
}

interface Count {
  readonly style: Style;
  readonly text: string;
}

function countsOf({ proxies, missing, notes }: StatusReport): Count[] {
  const worst = proxies.map(proxy => worstOf(proxy.notes));
  const of = (severity: string) => worst.filter(item => item === severity).length;
  const good = worst.length - of('error') - of('warning');
  const isHidden = notes.some(({ code }) => code === 'states-not-shown');
  const counts: (Count & { count: number })[] = [
    { count: of('error'), style: 'bad', text: `${of('error')} with errors` },
    { count: of('warning'), style: 'warn', text: `${of('warning')} with warnings` },
    {
      count: good,
      style: isHidden ? 'dim' : 'good',
      text: `${good} ${isHidden ? 'whose state is not shown' : 'without problems'}`,
    },
    { count: missing.length, style: 'bad', text: `${missing.length} missing` },
  ];
  return counts.filter(({ count }) => count > 0);
}

function paintCounts(line: string, counts: readonly Count[], paint: StatusTableOptions['paint']): string {
  return counts.reduce((painted, { style, text }) => painted.replace(text, paint(style, text)), line);
}

function many(count: number): string {
  return count === 1 ? '1 proxy' : `${count} proxies`;
}
