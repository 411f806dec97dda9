import { parseCell } from './cell.js';
import {
  type ListedProxy,
  type ProxyStatus,
  proxyStatus,
  type TypeStatus,
  typeStatus,
  type UnreadLine,
} from './status.js';
import { orderSubscribed, orderTypes } from './types.js';

/** The header of every table: the name first (`PROXY` until 1.1), further on a type or the control plane (`PILOT` until 1.6). */
export const TABLE_HEADER = /^[ \t]*(?:NAME|PROXY)[ \t](?:.*[ \t])?(?:CDS|PILOT|ISTIOD)(?:[ \t]|\r?$)/m;

const SUBSCRIPTIONS = 'SUBSCRIBED TYPES';
const COLUMN = /SUBSCRIBED TYPES|\S+/g;
/** A state of two words and remarks in parentheses stay in one cell. */
const CELL = /(?:NOT SENT|\S+)(?: \([^)]*\))*/g;
const NO_TYPE: ReadonlySet<string> = new Set(['NAME', 'PROXY', 'CLUSTER', 'PILOT', 'ISTIOD', 'VERSION', SUBSCRIPTIONS]);

interface Token {
  readonly text: string;
  readonly at: number;
}

/**
 * Reads tables of `istioctl proxy-status` of any version: text before the first header is passed over, a further header
 * begins another table. Columns between the known ones are xDS types, whichever this version has.
 */
export function parseTable(text: string): ProxyStatus {
  const proxies: ListedProxy[] = [];
  const unread: UnreadLine[] = [];
  let header: Token[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (TABLE_HEADER.test(line)) header = tokens(line, COLUMN);
    else if (header.length > 0 && line.trim() !== '') {
      const proxy = parseRow(cellsByColumn(header, tokens(line, CELL)));
      if (proxy === null) unread.push({ line: index + 1, text: line.trim() });
      else proxies.push(proxy);
    }
  }
  const subscriptions = header.some(column => column.text === SUBSCRIPTIONS);
  return proxyStatus(subscriptions ? 'subscriptions' : 'table', proxies, unread);
}

function tokens(line: string, pattern: RegExp): Token[] {
  return [...line.matchAll(pattern)].map(match => ({ text: match[0], at: match.index }));
}

/**
 * As many cells as columns go in order, even where the spaces were lost; fewer go by where they begin, since a cell may
 * be empty. Null where a cell stands under no column, or where the line breaks off before the last type.
 */
function cellsByColumn(header: readonly Token[], cells: readonly Token[]): Map<string, string> | null {
  const columns =
    cells.length === header.length ? header : cells.map(cell => header.find(column => column.at === cell.at));
  const found = new Map<string, string>();
  for (const [index, cell] of cells.entries()) {
    const column = columns[index];
    if (column === undefined) return null;
    found.set(column.text, cell.text);
  }
  const last = header.findLastIndex(({ text }) => text === SUBSCRIPTIONS || !NO_TYPE.has(text));
  return header.findLastIndex(({ text }) => found.has(text)) < last ? null : found;
}

function parseRow(cells: Map<string, string> | null): ListedProxy | null {
  const name = cells?.get('NAME') ?? cells?.get('PROXY');
  const types = cells === null ? null : typesOf(cells);
  if (cells === null || types === null || name === undefined) return null;
  return {
    name,
    cluster: cells.get('CLUSTER') ?? null,
    istiod: cells.get('ISTIOD') ?? cells.get('PILOT') ?? null,
    istiodVersion: null,
    ...versionOf(cells.get('VERSION')),
    kind: null,
    types,
  };
}

function versionOf(cell: string | undefined): Pick<ListedProxy, 'version' | 'versionGuessed'> {
  if (cell === undefined || cell === '*') return { version: null };
  return cell.endsWith('*') ? { version: cell.slice(0, -1), versionGuessed: true } : { version: cell };
}

function typesOf(cells: ReadonlyMap<string, string>): Record<string, TypeStatus> | null {
  const subscribed = cells.get(SUBSCRIPTIONS);
  if (subscribed !== undefined) return subscriptionsOf(subscribed);
  const durations = cells.has('CLUSTER') ? 'age' : 'behind';
  const types: [string, TypeStatus][] = [];
  for (const [column, cell] of cells) {
    if (NO_TYPE.has(column)) continue;
    const status = parseCell(cell, durations);
    if (status === null) return null;
    types.push([column, status]);
  }
  return orderTypes(types);
}

/** `5 (CDS,LDS,EDS,RDS,ECDS)`, or `0`. */
function subscriptionsOf(cell: string): Record<string, TypeStatus> | null {
  const match = /^\d+(?: \((.*)\))?$/.exec(cell);
  if (match === null) return null;
  const names = (match[1] ?? '').split(',').map(name => name.trim());
  return orderSubscribed(names.filter(name => name !== '').map(name => [name, typeStatus('SUBSCRIBED')]));
}
