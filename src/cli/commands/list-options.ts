import { Argument, type Command, Option } from 'commander';
import type { ExitCode } from '../exit-codes.js';
import type { Io } from '../io.js';

/** Adds `mesh-trace list` to the program; its code is loaded when it runs. */
export function listOn(program: Command, io: Io, done: (code: ExitCode) => void): void {
  program
    .command('list')
    .description('list what mesh-trace knows: every finding with its severity')
    .addArgument(new Argument('<what>', 'what is listed').choices(['findings']))
    .addOption(
      new Option('-o, --output <format>', 'form of the answer').choices(['table', 'json', 'yaml']).default('table'),
    )
    .action(async (_what: string, options) => {
      const { listCommand } = await import('./list.js');
      done(await listCommand(options, io));
    });
}
