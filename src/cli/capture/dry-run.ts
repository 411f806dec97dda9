import type { AskedCapture } from '../../decode/manifest.js';
import { type PlannedCommand, plannedCommands } from '../../source/istioctl/index.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Io } from '../io.js';
import { istioctlOptions } from '../istioctl-options.js';
import type { SourceOptions } from '../options.js';
import { namedTargets } from './targets.js';

/** Stands for each proxy of a listing that only a run would have. */
const EACH = 'pod.namespace';

/** Prints the istioctl commands that a capture would run, and runs none; nothing is written. */
export async function printCaptureCommands(
  asked: AskedCapture,
  options: SourceOptions & { readonly istiod?: boolean },
  io: Io,
): Promise<ExitCode> {
  const isListed = asked.proxies.length === 0;
  const settings = istioctlOptions(options, io, () => {});
  const named = { ...settings, namespace: undefined };
  const targets = isListed ? [EACH] : namedTargets(asked);
  const first = plannedCommands({ targets: [], proxyStatus: true }, isListed ? settings : named);
  const [, ...ofProxies] = plannedCommands({ targets, pilotConfig: options.istiod === true }, named);
  for (const planned of first) io.stdout.write(line(planned, ''));
  for (const planned of ofProxies) io.stdout.write(line(planned, isListed ? 'for each proxy that is listed' : ''));
  return EXIT.ok;
}

function line({ command, when }: PlannedCommand, whose: string): string {
  const comment = [whose, when].filter(note => note !== '').join(', ');
  return `${command}${comment === '' ? '' : `  # ${comment}`}\n`;
}
