/** Words of a command for a POSIX shell; quoted spaces do not part them. */
const WORD = /(?:'[^']*'|"(?:\\.|[^"\\])*"|\\.|[^\s'"\\])+/g;

/** Begins what reads best in one piece: an option and its value, a pipe and its command, a redirection and its file. */
const BEGINNING = /^(?:-[^=]*|[|<>])$/;
/** Is no value. */
const NO_VALUE = /^(?:-.+|[|<>]$)/;

/** A command over several lines, each but the last ending in a backslash, so that it can still be copied. */
export function shellLines(command: string, indent: string, width: number): string[] {
  const lines: string[] = [];
  let line = `${indent}$`;
  for (const piece of pieces(command.match(WORD) ?? [], width - indent.length - CONTINUED.length)) {
    const isFirst = line.endsWith('$');
    if (!isFirst && `${line} ${piece} \\`.length > width) {
      lines.push(`${line} \\`);
      line = indent + CONTINUED.slice(1);
    }
    line = `${line} ${piece}`;
  }
  return [...lines, line];
}

const CONTINUED = '    ';

/** Words that stay together, unless they are wider than a line. */
function pieces(words: readonly string[], room: number): string[] {
  const all: string[] = [];
  let before = '';
  for (const word of words) {
    const both = `${all.at(-1)} ${word}`;
    const isTogether = BEGINNING.test(before) && !NO_VALUE.test(word);
    if (isTogether && `${both} \\`.length <= room) all.splice(-1, 1, both);
    else all.push(word);
    before = word;
  }
  return all;
}
