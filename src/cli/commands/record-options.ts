import { type Command, Option } from 'commander';
import type { ExitCode } from '../exit-codes.js';
import type { Io } from '../io.js';
import { addSourceOptions } from '../options.js';
import { debugOption, quietOption } from '../output-options.js';

/** Adds `mesh-trace record`. */
export function recordOn(program: Command, io: Io, done: (code: ExitCode) => void): void {
  const command = program
    .command('record')
    .description('trace requests and write down what mesh-trace test shall expect of them')
    .argument('<requests>', 'requests, YAML or JSON Lines; - for standard input');
  addSourceOptions(command)
    .addOption(new Option('--proxy <name>', 'the proxy of requests that name none').helpGroup('Tests:'))
    .addOption(new Option('--fields <names>', 'fields of the result to expect, by commas').helpGroup('Tests:'))
    .addOption(new Option('--out <file>', 'the file to write (default: standard output)').helpGroup('Output:'))
    .addOption(new Option('--force', 'overwrite the file').helpGroup('Output:'))
    .addOption(quietOption('Output:'))
    .addOption(debugOption('Output:'))
    .action(async (requests: string, options) => {
      const { recordCommand } = await import('./record.js');
      done(await recordCommand(requests, options, io));
    });
}
