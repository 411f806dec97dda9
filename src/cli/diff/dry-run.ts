import { planned, printPlanned } from '../dry-run.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Io } from '../io.js';
import type { SourceOptions } from '../options.js';
import { readOperands } from './operands.js';

/** Prints the istioctl commands that a comparison would run, and runs none. */
export async function printDiffCommands(
  operands: readonly string[],
  options: SourceOptions,
  io: Io,
): Promise<ExitCode> {
  const { proxies, paths } = await readOperands(operands, options);
  if (paths.length > 0 || options.file !== undefined) return EXIT.ok;
  const isOne = proxies.length === 1;
  const asked = { targets: proxies, pilotConfig: isOne, statusDiff: isOne, whyNot: true };
  printPlanned(await planned(asked, options, io), '', io);
  return EXIT.ok;
}
