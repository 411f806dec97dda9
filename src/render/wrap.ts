import { stripVTControlCharacters } from 'node:util';

/** Characters that take two columns of a terminal: CJK letters, punctuation and full-width forms. */
const WIDE =
  '\\u1100-\\u115f\\u2e80-\\ua4cf\\uac00-\\ud7a3\\uf900-\\ufaff\\ufe30-\\ufe6f\\uff00-\\uff60\\uffe0-\\uffe6';
const WIDE_LETTER = new RegExp(`[${WIDE}]`, 'g');

/** Punctuation that must not end or begin a line stays with its word. */
const HEAD = '（【《';
const TAIL = '，。、；：！？）】》';
const PIECE = new RegExp(`\\s+|[${HEAD}]*(?:[^\\s${WIDE}]+|[${WIDE}])[${TAIL}]*`, 'g');

/** Columns that a text takes in a terminal; control characters are not expected in it. */
export function columns(text: string): number {
  return text.length + (text.match(WIDE_LETTER)?.length ?? 0);
}

/** The text with spaces behind it up to a number of columns. */
export function padColumns(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columns(text)));
}

/**
 * Breaks a text into lines of at most `width` columns, at spaces and between CJK letters. A longer word stays whole, so that it can be
 * copied.
 */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of text.match(PIECE) ?? []) {
    if (line.trim() !== '' && columns((line + piece).trimEnd()) > width) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += line === '' ? piece.trimStart() : piece;
  }
  return line.trim() === '' ? lines : [...lines, line.trimEnd()];
}

/** Wraps a text that begins behind `first`, which may be coloured, and goes on behind as many spaces. */
export function hang(first: string, text: string, width: number): string[] {
  const indent = ' '.repeat(columns(stripVTControlCharacters(first)));
  const lines = wrap(text, Math.max(20, width - indent.length));
  return lines.map((line, index) => (index === 0 ? first : indent) + line);
}
