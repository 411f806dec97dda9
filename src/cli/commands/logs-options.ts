import { type Command, Option } from 'commander';
import type { ExitCode } from '../exit-codes.js';
import type { Io } from '../io.js';
import { addSourceOptions, positive } from '../options.js';
import { debugOption, languageOption, quietOption } from '../output-options.js';

/** Adds `mesh-trace logs`. */
export function logsOn(program: Command, io: Io, done: (code: ExitCode) => void): void {
  const command = program
    .command('logs')
    .description('trace the requests of an access log, and say whether the configuration explains how they ended')
    .argument('<file>', 'access-log lines, plain or gzip; - for standard input');
  addSourceOptions(command)
    .addOption(new Option('--proxy <name>', 'the proxy that wrote the lines, where they do not tell').helpGroup('Log:'))
    .addOption(
      new Option('--format <format>', 'Envoy’s format string or JSON mapping, where it is no default').helpGroup(
        'Log:',
      ),
    )
    .addOption(new Option('--all', 'every line, not only failed requests').helpGroup('Log:'))
    .addOption(
      new Option('--max-cases <n>', 'how many different requests are traced')
        .argParser(positive)
        .default(10_000)
        .helpGroup('Log:'),
    )
    .addOption(
      new Option('-o, --output <format>', 'form of the answer')
        .choices(['table', 'json', 'yaml'])
        .default('table')
        .helpGroup('Output:'),
    )
    .addOption(languageOption('Output:'))
    .addOption(quietOption('Output:'))
    .addOption(debugOption('Output:'))
    .action(async (file: string, options) => {
      const { logsCommand } = await import('./logs.js');
      done(await logsCommand(file, options, io));
    });
}
