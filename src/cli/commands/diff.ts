import type { DriftKind, DriftResult } from '../../compare/drift/difference.js';
import { ignoring } from '../../compare/drift/ignore.js';
import { JsonPathError } from '../../compare/drift/json-path.js';
import { KIND_WORDS, kindOf } from '../../compare/drift/kinds.js';
import { diffMarkdown } from '../../render/diff/markdown.js';
import { renderDiff } from '../../render/diff/table.js';
import { unifiedOf } from '../../render/diff/unified.js';
import { coloured, plain } from '../../render/paint.js';
import { toJson, toYaml } from '../../render/serialise.js';
import { comparands } from '../diff/comparands.js';
import { type DiffOptions, resultsOf } from '../diff/results.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { UsageError } from '../fail.js';
import { hasColour, type Io } from '../io.js';
import type { GlobalOptions, SourceOptions } from '../options.js';
import { tellWarnings } from '../tell.js';

export interface DiffCommandOptions extends SourceOptions, GlobalOptions {
  only?: string[];
  ignore?: string[];
  unified?: boolean;
  output: 'table' | 'json' | 'yaml' | 'markdown';
}

/** `mesh-trace diff [a] [b]`: compares Pilot with Envoy, two snapshots or two proxies. */
export async function diffCommand(operands: readonly string[], options: DiffCommandOptions, io: Io): Promise<ExitCode> {
  const settings = settingsOf(options);
  if (options.dryRun === true) return (await import('../diff/dry-run.js')).printDiffCommands(operands, options, io);
  const { compared, warnings } = await comparands(operands, options, io);
  tellWarnings(warnings, options, io);
  const results = resultsOf(compared, settings);
  io.stdout.write(await print(results, options, io));
  return results.every(({ equal }) => equal) ? EXIT.ok : EXIT.failed;
}

function settingsOf(options: DiffCommandOptions): DiffOptions {
  try {
    return { only: kindsOf(options.only), ignore: ignoring(options.ignore ?? []), withTexts: options.unified === true };
  } catch (error) {
    if (!(error instanceof JsonPathError)) throw error;
    throw new UsageError(
      `--ignore ${error.path}: ${error.message}`,
      "Write a plain path: '$.connect_timeout', '$..weight', '$.clusters.*.metadata'.",
    );
  }
}

function kindsOf(words: readonly string[] | undefined): DriftKind[] | null {
  if (words === undefined) return null;
  return words
    .flatMap(list => list.split(','))
    .map(word => {
      const kind = kindOf(word);
      if (kind === null) throw new UsageError(`--only ${word}: no such kind`, `Kinds: ${KIND_WORDS.join(', ')}.`);
      return kind;
    });
}

/** One comparison is one object; several, as of two snapshots of many proxies, are a list. */
async function print(results: readonly DriftResult[], options: DiffCommandOptions, io: Io): Promise<string> {
  const values = results.map(plainResult);
  const value = values.length === 1 ? values[0] : values;
  switch (options.output) {
    case 'json':
      return toJson(value);
    case 'yaml':
      return toYaml(value);
    case 'markdown':
      return results.map(diffMarkdown).join('\n');
    default: {
      const paint = hasColour(io.stdout, io.env) ? coloured : plain;
      return results.map(result => renderDiff(result, { width: io.stdout.columns, paint })).join('\n');
    }
  }
}

/** The messages of a difference give way to their text diff. */
function plainResult(result: DriftResult): object {
  const differences = result.differences.map(difference => {
    const { texts: _, ...told } = difference;
    const unified = unifiedOf(difference, result);
    return unified === '' ? told : { ...told, unified };
  });
  return { ...result, differences };
}
