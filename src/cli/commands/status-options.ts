import { type Command, Option } from 'commander';
import type { ExitCode } from '../exit-codes.js';
import type { Io } from '../io.js';
import { addJobsOption, addSourceOptions, collect } from '../options.js';
import { debugOption, quietOption } from '../output-options.js';

/** Adds `mesh-trace status` to the program; its code is loaded when it runs. */
export function statusOn(program: Command, io: Io, done: (code: ExitCode) => void): void {
  const command = program
    .command('status')
    .description('how far istiod and the proxies agree: every state explained, missing proxies, version skew')
    .argument(
      '[proxies...]',
      'limits the answer to these: pod.namespace, a beginning of it that is unique, or deploy/name.namespace',
    );
  addJobsOption(addSourceOptions(command))
    .addOption(
      new Option(
        '--expect <proxy>',
        'a proxy that must be listed: pod.namespace, pod or deploy/name.namespace; may be repeated',
      ).argParser(collect),
    )
    .addOption(
      new Option('--fail-on <severity>', 'exit with 1 where a note is as grave as this')
        .choices(['error', 'warning', 'info', 'never'])
        .default('error'),
    )
    .addOption(
      new Option('-o, --output <format>', 'form of the answer').choices(['table', 'json', 'yaml']).default('table'),
    )
    .addOption(quietOption())
    .addOption(debugOption())
    .action(async (names: string[], options) => {
      const { statusCommand } = await import('./status.js');
      done(await statusCommand(names, options, io));
    });
}
