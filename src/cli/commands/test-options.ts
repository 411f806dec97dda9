import { type Command, InvalidArgumentError, Option } from 'commander';
import type { ExitCode } from '../exit-codes.js';
import type { Io } from '../io.js';
import { addJobsOption, addSourceOptions } from '../options.js';
import { debugOption, quietOption } from '../output-options.js';
import { addWhatIfOptions } from '../what-if-options.js';

/** Adds `mesh-trace test`. */
export function testOn(program: Command, io: Io, done: (code: ExitCode) => void): void {
  const command = program
    .command('test')
    .description('check expectations, or tests of Envoy’s router_check_tool, against the configuration')
    .argument('<files...>', 'test files: YAML or JSON; - for standard input');
  addJobsOption(addWhatIfOptions(addSourceOptions(command)))
    .addOption(new Option('--proxy <name>', 'the proxy of requests that name none').helpGroup('Tests:'))
    .addOption(
      new Option('--route-config <name>', 'the route table that tests of router_check_tool are for').helpGroup(
        'Tests:',
      ),
    )
    .addOption(new Option('--coverage', 'show the virtual hosts and routes that no test takes').helpGroup('Tests:'))
    .addOption(
      new Option('--fail-under <percent>', 'fail where tests take fewer of the routes')
        .argParser(percent)
        .helpGroup('Tests:'),
    )
    .addOption(
      new Option('-o, --output <format>', 'form of the answer')
        .choices(['table', 'tap', 'junit', 'json'])
        .default('table')
        .helpGroup('Output:'),
    )
    .addOption(quietOption('Output:'))
    .addOption(debugOption('Output:'))
    .action(async (files: string[], options) => {
      const { testCommand } = await import('./test.js');
      done(await testCommand(files, options, io));
    });
}

function percent(value: string): number {
  const number = Number(value);
  if (value.trim() === '' || !(number >= 0 && number <= 100))
    throw new InvalidArgumentError('a number from 0 to 100 was expected.');
  return number;
}
