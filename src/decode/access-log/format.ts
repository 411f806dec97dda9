import { emptyEntry, type LogEntry } from './entry.js';
import { type Store, storeOf } from './operator.js';

/** Reads a line in one format; null where the line has another one. */
export type LineReader = (line: string) => LogEntry | null;

interface Piece {
  readonly store: Store | null;
  /** Its brackets may hold spaces: older Envoys log `{connection failure}`. */
  readonly isDetail: boolean;
  /** What stands between this operator's value and the next one; empty for the end of the line. */
  readonly literal: string;
}

/** The parenthesis may hold percent signs of its own, as in `%START_TIME(%s)%`. */
const OPERATOR = /%([A-Z_0-9]+)(?:\(([^)]*)\))?(?::\d+)?%/g;
const DETAILS = new Set(['RESPONSE_CODE_DETAILS', 'CONNECTION_TERMINATION_DETAILS']);
const CLOSING: Record<string, string> = { '{': '}', '[': ']' };

/**
 * A reader for Envoy's format string. Each value ends where the text behind its operator is found, so that reading takes time in proportion to the
 * line. Values outside quotes hold no spaces. Returns null for a format without operators.
 */
export function textReader(format: string): LineReader | null {
  const { start, pieces } = piecesOf(format.replace(/(\\n|\n)$/, ''));
  if (pieces.length === 0) return null;
  return line => {
    if (!line.startsWith(start)) return null;
    const entry = emptyEntry();
    let at = start.length;
    for (const piece of pieces) {
      const { store, literal } = piece;
      const end = endOfValue(line, at, piece);
      if (end < 0) return null;
      store?.(entry, line.slice(at, end));
      at = end + literal.length;
    }
    return at === line.length ? entry : null;
  };
}

function piecesOf(format: string): { start: string; pieces: Piece[] } {
  const operators = [...format.matchAll(OPERATOR)];
  const literalFrom = (index: number) => {
    const operator = operators[index];
    const from = operator === undefined ? 0 : operator.index + operator[0].length;
    return format.slice(from, operators[index + 1]?.index ?? format.length).replaceAll('%%', '%');
  };
  const pieces = operators.map(([, name = '', argument = ''], index) => ({
    store: storeOf(name, argument),
    isDetail: DETAILS.has(name),
    literal: literalFrom(index),
  }));
  return { start: literalFrom(-1), pieces };
}

function endOfValue(line: string, from: number, { literal, isDetail }: Piece): number {
  if (literal !== '' && !literal.startsWith(' ')) return line.indexOf(literal, from);
  const end = isDetail ? endOfDetail(line, from) : endOfWord(line, from);
  if (literal === '') return end === line.length ? end : -1;
  return line.startsWith(literal, end) ? end : -1;
}

function endOfWord(line: string, from: number): number {
  const space = line.indexOf(' ', from);
  return space < 0 ? line.length : space;
}

/** A bracket that the word opens is closed before the detail ends. */
function endOfDetail(line: string, from: number): number {
  const end = endOfWord(line, from);
  const word = line.slice(from, end);
  const open = word.search(/[{[]/);
  const close = CLOSING[word.charAt(open)] ?? '';
  if (open < 0 || word.includes(close)) return end;
  const closed = line.indexOf(close, end);
  return closed < 0 ? end : endOfWord(line, closed);
}
