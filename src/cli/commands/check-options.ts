import { type Command, Option } from 'commander';
import type { ExitCode } from '../exit-codes.js';
import type { Io } from '../io.js';
import { addJobsOption, addSourceOptions, collect, moment } from '../options.js';
import { debugOption, quietOption } from '../output-options.js';
import { addWhatIfOptions } from '../what-if-options.js';

/** Adds `mesh-trace check` to the program; its code is loaded when it runs. */
export function checkOn(program: Command, io: Io, done: (code: ExitCode) => void): void {
  const command = program
    .command('check')
    .description(
      'find what is wrong in a proxy’s configuration, in all of a snapshot, or (with neither) in all proxies of the mesh',
    )
    .argument('[proxies...]', 'limits the check to these: pod.namespace, or a unique beginning of it');
  addJobsOption(addWhatIfOptions(addSourceOptions(command)))
    .addOption(
      new Option('--fail-on <severity>', 'exit with 1 where a finding is as grave as this')
        .choices(['error', 'warning', 'info', 'never'])
        .default('error'),
    )
    .addOption(
      new Option('--show <severity>', 'leave out what is less grave than this')
        .choices(['error', 'warning', 'info'])
        .default('info'),
    )
    .addOption(new Option('--only <code>', 'look for these findings alone; may be repeated').argParser(collect))
    .addOption(
      new Option(
        '--ignore <code[:object]>',
        'leave a finding out, everywhere or for an object (name, namespace/name or kind/namespace/name, with *); may be repeated',
      ).argParser(collect),
    )
    .addOption(
      new Option('--now <time>', 'reference time for expiry, RFC 3339 (default: that of the dump)').argParser(moment),
    )
    .addOption(
      new Option('-o, --output <format>', 'form of the answer')
        .choices(['table', 'json', 'yaml', 'markdown', 'sarif', 'junit', 'github'])
        .default('table'),
    )
    .addOption(new Option('-v, --verbose', 'tell all that is found, with its evidence'))
    .addOption(quietOption())
    .addOption(debugOption())
    .action(async (names: string[], options) => {
      const { checkCommand } = await import('./check.js');
      done(await checkCommand(names, options, io));
    });
}
