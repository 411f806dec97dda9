import type { AskedCapture } from '../../decode/manifest.js';
import { printListedCommands } from '../dry-run.js';
import type { ExitCode } from '../exit-codes.js';
import type { Io } from '../io.js';
import type { SourceOptions } from '../options.js';
import { namedTargets } from './targets.js';

/** Prints the istioctl commands that a capture would run, and runs none; nothing is written. */
export function printCaptureCommands(
  asked: AskedCapture,
  options: SourceOptions & { readonly istiod?: boolean },
  io: Io,
): Promise<ExitCode> {
  const each = { ...options, namespace: undefined };
  const isListed = asked.proxies.length === 0;
  const listing = isListed ? options : each;
  const names = isListed ? [] : namedTargets(asked);
  return printListedCommands(names, { listing, each, pilotConfig: options.istiod === true }, io);
}
