import type { Asked, PlannedCommand } from '../source/istioctl/index.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import type { Io } from './io.js';
import type { SourceOptions } from './options.js';

/** Stands for each proxy of a listing that only a run would have. */
const EACH = 'pod.namespace';

/** Prints the istioctl commands that would be run, and runs none. */
export async function printCommands(proxies: readonly string[], options: SourceOptions, io: Io): Promise<ExitCode> {
  if (options.file !== undefined) return EXIT.ok;
  printPlanned(await planned({ targets: proxies, whyNot: true }, options, io), '', io);
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
  const targets = names.length === 0 ? [EACH] : names;
  const whose = names.length === 0 ? 'for each proxy that is listed' : '';
  const [, ...ofProxies] = await planned({ targets, pilotConfig }, each, io);
  printPlanned(await planned({ targets: [], listing: { of: null } }, listing, io), '', io);
  printPlanned(ofProxies, whose, io);
  return EXIT.ok;
}

/** The commands that istioctl would be asked with. */
export async function planned(asked: Asked, options: SourceOptions, io: Io): Promise<PlannedCommand[]> {
  const { plannedCommands } = await import('../source/istioctl/index.js');
  const { istioctlOptions } = await import('./istioctl-options.js');
  return plannedCommands(
    asked,
    istioctlOptions(options, io, () => {}),
  );
}

/** Prints commands, one a line, with a comment on when they are run, or for whom. */
export function printPlanned(commands: readonly PlannedCommand[], whose: string, { stdout }: Io): void {
  for (const { command, when } of commands) {
    const comment = [whose, when].filter(note => note !== '').join(', ');
    stdout.write(`${command}${comment === '' ? '' : `  # ${comment}`}\n`);
  }
}
