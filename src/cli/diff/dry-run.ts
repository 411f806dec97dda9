import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Io } from '../io.js';
import { istioctlOptions } from '../istioctl-options.js';
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
  const { plannedCommands } = await import('../../source/istioctl/index.js');
  const asked = { targets: proxies, pilotConfig: proxies.length === 1, statusDiff: proxies.length === 1 };
  for (const { command, when } of plannedCommands(
    asked,
    istioctlOptions(options, io, () => {}),
  )) {
    io.stdout.write(`${command}${when === '' ? '' : `  # ${when}`}\n`);
  }
  return EXIT.ok;
}
