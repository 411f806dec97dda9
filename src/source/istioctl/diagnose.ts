import { CAUSES, type Cause } from './causes.js';
import { commandLine } from './command.js';
import { IstioctlError } from './error.js';
import { hasKubeconfig } from './kubeconfig.js';
import { executableOf, type IstioctlOptions, timeoutOf } from './options.js';
import type { Run } from './run.js';
import { wordsOf } from './words.js';

/**
 * What a run that failed means, as an error with one sentence, the command to try and istioctl's own words.
 * The wording of the known failures is in causes.ts; anything else keeps istioctl's own error line.
 */
export function diagnose(run: Run, args: readonly string[], options: IstioctlOptions): IstioctlError {
  const said = wordsOf(run);
  return new IstioctlError({ ...verdict(run, said, options), said, command: commandLine(args, options) });
}

function verdict(run: Run, said: string, options: IstioctlOptions): Pick<Cause, 'kind'> & { short: string } {
  const known = knownCause(said);
  if (run.end === 'not-started') {
    return { kind: 'not-found', short: notStarted(run, options) };
  }
  if (run.end === 'too-large') {
    return { kind: 'other', short: 'The answer of istioctl is larger than this program can hold.' };
  }
  if (run.end === 'timed-out') {
    return known ?? { kind: 'timeout', short: noAnswer(options) };
  }
  if (isHelp(run.stdout)) {
    return { kind: 'unsupported-flag', short: 'This istioctl has no such command: it printed its help instead.' };
  }
  return known ?? { kind: 'other', short: ownWords(run, said) };
}

/** The first known cause in istioctl's words, with its sentence; null when they are none we know. */
function knownCause(said: string): { kind: Cause['kind']; short: string } | null {
  for (const cause of CAUSES) {
    const found = cause.said.exec(said);
    if (found !== null) {
      return { kind: cause.kind, short: cause.short(found.groups ?? {}) };
    }
  }
  return null;
}

/** istioctl prints the help of a command group, with exit code 0, where it does not know the command. */
export function isHelp(stdout: Buffer): boolean {
  const head = stdout.subarray(0, 4096).toString('utf8');
  return /^Usage:$/m.test(head) && /^Available Commands:$/m.test(head);
}

function notStarted(run: Run, options: IstioctlOptions): string {
  const name = executableOf(options);
  if (run.systemCode !== 'ENOENT') {
    return `${name} could not be started (${run.systemCode ?? 'unknown cause'}): name a working istioctl with --istioctl or ISTIOCTL.`;
  }
  if (/\s-/.test(name)) {
    return `There is no ${JSON.stringify(name)}: it is taken for the path of a file, so give options such as --context to mesh-trace itself.`;
  }
  const where = name.includes('/') ? `There is no ${name}` : `There is no ${name} on the PATH`;
  return `${where}: install it, or name it with --istioctl or ISTIOCTL.`;
}

function noAnswer(options: IstioctlOptions): string {
  const ended = `istioctl gave no answer within ${timeoutOf(options) / 1000} s and was ended`;
  return hasKubeconfig(options)
    ? `${ended}: check that the cluster can be reached, or pass a longer --timeout.`
    : `${ended}: no kubeconfig was found, so set KUBECONFIG or pass --kubeconfig.`;
}

function ownWords(run: Run, said: string): string {
  const line = /^Error: (.*)$/m.exec(said)?.[1];
  if (line !== undefined) {
    return `istioctl failed: ${line.slice(0, 200)}`;
  }
  return run.exitCode === undefined
    ? 'istioctl was ended by a signal.'
    : `istioctl failed with exit code ${run.exitCode}.`;
}
