import { type Command, Option } from 'commander';
import { collect } from './options.js';

/** Adds the changes that may be tried out before tracing. */
export function addWhatIfOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--patch <[document#]file>',
        'what if: apply a JSON Patch or merge patch (JSON or YAML) first; may be repeated',
      )
        .argParser(collect)
        .helpGroup('What if:'),
    )
    .addOption(
      new Option('--set <[document#]pointer=value>', 'what if: set one value first; may be repeated')
        .argParser(collect)
        .helpGroup('What if:'),
    );
}
