import { commandLine } from './command.js';
import { diagnose, isHelp } from './diagnose.js';
import { IstioctlError } from './error.js';
import { jsonAnswer } from './json-answer.js';
import type { IstioctlOptions } from './options.js';
import { type Run, run } from './run.js';
import { wordsOf } from './words.js';

/** Runs istioctl and gives its standard output. Throws IstioctlError when it failed or printed help instead. */
export async function callForText(args: readonly string[], options: IstioctlOptions): Promise<Buffer> {
  return (await succeeded(args, options)).stdout;
}

/**
 * Runs istioctl and gives the whole JSON documents that it printed, without the log lines around them.
 * Throws IstioctlError when it failed, or when the answer is empty, cut off or not JSON: exit code 0 promises nothing.
 */
export async function callForJson(args: readonly string[], options: IstioctlOptions): Promise<Buffer> {
  const answered = await succeeded(args, options);
  const answer = jsonAnswer(answered.stdout);
  if (answer.bytes !== undefined) {
    return answer.bytes;
  }
  const size = answered.stdout.length;
  const cutOff = answer.problem === 'cut-off' ? { said: '' } : { said: wordsOf(answered) };
  throw new IstioctlError({
    kind: answer.problem === 'not-json' ? 'other' : 'cut-off',
    short: {
      empty: 'istioctl gave an empty answer: Envoy sent nothing, try again.',
      'cut-off': `istioctl's answer ends in the middle, after ${size} bytes: the connection broke, try again.`,
      'not-json': 'istioctl answered with something that is not JSON: something else than Envoy may have answered.',
    }[answer.problem],
    command: commandLine(args, options),
    ...cutOff,
  });
}

async function succeeded(args: readonly string[], options: IstioctlOptions): Promise<Run> {
  const finished = await run(args, options);
  if (finished.end !== 'exited' || finished.exitCode !== 0 || isHelp(finished.stdout)) {
    throw diagnose(finished, args, options);
  }
  return finished;
}
