import type { CheckedFinding, CheckResult } from '../../findings/check-result.js';
import { coloured, plain } from '../../render/paint.js';
import { toJson, toYaml } from '../../render/serialise.js';
import { hasColour, type Io } from '../io.js';
import { version } from '../version.js';
import type { CheckOptions } from './check.js';

/** Writes the result of a check in the form that was asked for; the code of each is loaded where it is used. */
export async function printCheck(
  result: CheckResult,
  leftOut: readonly CheckedFinding[],
  options: CheckOptions,
  io: Io,
): Promise<void> {
  io.stdout.write(await textOf(result, leftOut, options, io));
}

async function textOf(
  result: CheckResult,
  leftOut: readonly CheckedFinding[],
  { output, failOn, verbose }: CheckOptions,
  io: Io,
): Promise<string> {
  switch (output) {
    case 'json':
      return toJson(result);
    case 'yaml':
      return toYaml(result);
    case 'markdown':
      return (await import('../../render/check/markdown.js')).checkMarkdown(result, leftOut);
    case 'sarif':
      return toJson((await import('../../render/check/sarif.js')).checkSarif(result, version()));
    case 'junit':
      return (await import('../../render/check/junit.js')).checkJunit(result, failOn);
    case 'github':
      return (await import('../../render/check/github.js')).checkGithub(result);
    default: {
      const { renderCheck } = await import('../../render/check/table.js');
      const paint = hasColour(io.stdout, io.env) ? coloured : plain;
      return renderCheck(result, leftOut, { width: io.stdout.columns, paint, verbose: verbose === true });
    }
  }
}
