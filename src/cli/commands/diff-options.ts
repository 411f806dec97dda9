import { type Command, Option } from 'commander';
import { KIND_WORDS } from '../../compare/drift/kinds.js';
import type { ExitCode } from '../exit-codes.js';
import type { Io } from '../io.js';
import { addSourceOptions, collect } from '../options.js';
import { debugOption, quietOption } from '../output-options.js';

/** Adds `mesh-trace diff` to the program; its code is loaded when it runs. */
export function diffOn(program: Command, io: Io, done: (code: ExitCode) => void): void {
  const command = program
    .command('diff')
    .description(
      'what Envoy runs against what Pilot would send, or two snapshots or proxies: what differs, why, and what it does to traffic',
    )
    .argument(
      '[operands...]',
      'a proxy (Pilot against Envoy), two proxies, two snapshots (files, folders, archives), or a saved `istioctl proxy-status POD`',
    );
  addSourceOptions(command)
    .addOption(
      new Option('--only <kinds>', `compare these kinds, by commas: ${KIND_WORDS.join(',')}`).argParser(collect),
    )
    .addOption(
      new Option('--ignore <path>', 'leave out what a JSONPath finds in a resource; may be repeated').argParser(
        collect,
      ),
    )
    .addOption(new Option('--unified', 'show each difference as a text diff too'))
    .addOption(
      new Option('-o, --output <format>', 'form of the answer')
        .choices(['table', 'json', 'yaml', 'markdown'])
        .default('table'),
    )
    .addOption(quietOption())
    .addOption(debugOption())
    .addHelpText('after', EXAMPLES)
    .action(async (operands: string[], options) => {
      const { diffCommand } = await import('./diff.js');
      done(await diffCommand(operands, options, io));
    });
}

const EXAMPLES = `
Examples:
  mesh-trace diff productpage-v1-5cb458d74f-k7wzd.default
  mesh-trace diff -f pilot_config_dump.json -f config_dump.json
  mesh-trace diff before/ after/ --only clusters,routes
  mesh-trace diff reviews-v1-a.default reviews-v1-b.default -f snapshot/
  istioctl proxy-status POD | mesh-trace diff -f -

Exit codes:
  0  nothing differs
  1  something differs
  2  wrong usage
  3  nothing could be read, one side is missing, or istioctl failed`;
