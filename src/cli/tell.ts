import { printable } from '../render/printable.js';
import { wrap } from '../render/wrap.js';
import type { Io } from './io.js';

const NAME = 'mesh-trace: ';
const INDENT = '  ';

/**
 * Writes what the user should know to standard error, lines behind the first indented. A line that begins with a space is a name, a command
 * or istioctl's own words: it stays whole, so that it can be copied.
 */
export function tell(lines: readonly string[], { stderr }: Io): void {
  const [first = '', ...rest] = lines.map(printable);
  const room = Math.max(20, stderr.columns - INDENT.length);
  const opening = wrap(NAME + first, stderr.columns);
  const others = [...opening.slice(1), ...rest.flatMap(line => (line.startsWith(' ') ? [line] : wrap(line, room)))];
  stderr.write([opening[0] ?? NAME, ...others.map(line => INDENT + line)].map(line => `${line}\n`).join(''));
}

/** Writes warnings, unless the user wants none. */
export function tellWarnings(warnings: readonly string[], options: { quiet?: boolean }, io: Io): void {
  if (options.quiet === true) return;
  for (const warning of warnings) tell([warning], io);
}
