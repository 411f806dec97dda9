/** Words of a command for a POSIX shell; quoted spaces do not part them. */
const WORD = /(?:'[^']*'|"(?:\\.|[^"\\])*"|\\.|[^\s'"\\])+/g;

/** A command over several lines, each but the last ending in a backslash, so that it can still be copied. */
export function shellLines(command: string, indent: string, width: number): string[] {
  const lines: string[] = [];
  let line = `${indent}$`;
  for (const word of command.match(WORD) ?? []) {
    const isFirst = line.endsWith('$');
    if (!isFirst && `${line} ${word} \\`.length > width) {
      lines.push(`${line} \\`);
      line = `${indent}   `;
    }
    line = `${line} ${word}`;
  }
  return [...lines, line];
}
