import { EXIT, type ExitCode } from './exit-codes.js';
import type { Io } from './io.js';
import type { SourceOptions } from './options.js';

/** Prints the istioctl commands that would be run, and runs none. */
export async function printCommands(proxies: readonly string[], options: SourceOptions, io: Io): Promise<ExitCode> {
  if (options.file !== undefined) return EXIT.ok;
  const { plannedCommands } = await import('../source/istioctl/index.js');
  const { istioctlOptions } = await import('./istioctl-options.js');
  const settings = istioctlOptions(options, io, () => {});
  for (const { command, when } of plannedCommands({ targets: proxies }, settings)) {
    io.stdout.write(`${command}${when === '' ? '' : `  # ${when}`}\n`);
  }
  return EXIT.ok;
}
