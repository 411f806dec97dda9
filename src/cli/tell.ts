import { printable } from '../render/printable.js';
import { columns, wrap } from '../render/wrap.js';
import type { Io } from './io.js';

const NAME = 'mesh-trace: ';
const INDENT = '  ';

/** What to do, and the command that does it. */
const WITH_COMMAND = /^(.*:) ((?:istioctl|kubectl|mesh-trace) .*)$/;

/**
 * Writes what the user should know to standard error, lines behind the first indented. A line that begins with a space is a name, a command
 * or istioctl's own words: it stays whole, so that it can be copied. A command behind what it is for gets a line of its own where both are
 * too long for one.
 */
export function tell(lines: readonly string[], { stderr }: Io): void {
  const [first = '', ...hints] = lines.map(printable);
  const room = Math.max(20, stderr.columns - INDENT.length);
  const rest = hints.flatMap(line => withCommandApart(line, room));
  const [opening = NAME] = wrap(NAME + first, stderr.columns);
  const others = [
    ...wrap((NAME + first).slice(opening.length), room),
    ...rest.flatMap(line => (line.startsWith(' ') ? [line] : wrap(line, room))),
  ];
  stderr.write([opening, ...others.map(line => INDENT + line)].map(line => `${line}\n`).join(''));
}

function withCommandApart(line: string, room: number): string[] {
  const [, say, command] = columns(line) > room ? (WITH_COMMAND.exec(line) ?? []) : [];
  return say === undefined ? [line] : [say, `  ${command}`];
}

/** Writes warnings, unless the user wants none. */
export function tellWarnings(warnings: readonly string[], options: { quiet?: boolean }, io: Io): void {
  if (options.quiet === true) return;
  for (const warning of warnings) tell([warning], io);
}
