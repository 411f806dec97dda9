import type { PlannedCommand } from '../source/istioctl/index.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import type { Io } from './io.js';
import type { SourceOptions } from './options.js';

/** Stands for each proxy of a listing that only a run would have. */
const EACH = 'pod.namespace';

/** Prints the istioctl commands that would be run, and runs none. */
export async function printCommands(proxies: readonly string[], options: SourceOptions, io: Io): Promise<ExitCode> {
  if (options.file !== undefined) return EXIT.ok;
  const { plannedCommands } = await import('../source/istioctl/index.js');
  const { istioctlOptions } = await import('./istioctl-options.js');
  const settings = istioctlOptions(options, io, () => {});
  for (const planned of plannedCommands({ targets: proxies }, settings)) io.stdout.write(line(planned, ''));
  return EXIT.ok;
}

/** What is asked of istiod's listing and of each proxy. */
export interface ListedOptions {
  readonly listing: SourceOptions;
  readonly each: SourceOptions;
  readonly pilotConfig?: boolean;
}

/** The same for a command that asks for the listing of all proxies, then for those that are named, else for each that is listed. */
export async function printListedCommands(
  names: readonly string[],
  { listing, each, pilotConfig = false }: ListedOptions,
  io: Io,
): Promise<ExitCode> {
  if (listing.file !== undefined) return EXIT.ok;
  const { plannedCommands } = await import('../source/istioctl/index.js');
  const { istioctlOptions } = await import('./istioctl-options.js');
  const targets = names.length === 0 ? [EACH] : names;
  const whose = names.length === 0 ? 'for each proxy that is listed' : '';
  const first = plannedCommands(
    { targets: [], proxyStatus: true },
    istioctlOptions(listing, io, () => {}),
  );
  const [, ...ofProxies] = plannedCommands(
    { targets, pilotConfig },
    istioctlOptions(each, io, () => {}),
  );
  for (const planned of first) io.stdout.write(line(planned, ''));
  for (const planned of ofProxies) io.stdout.write(line(planned, whose));
  return EXIT.ok;
}

function line({ command, when }: PlannedCommand, whose: string): string {
  const comment = [whose, when].filter(note => note !== '').join(', ');
  return `${command}${comment === '' ? '' : `  # ${comment}`}\n`;
}
