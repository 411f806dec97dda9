import { type Command, Option } from 'commander';
import type { ExitCode } from '../exit-codes.js';
import type { Io } from '../io.js';
import { addRequestOptions, addSourceOptions } from '../options.js';
import { debugOption, languageOption, quietOption } from '../output-options.js';
import { addTracerOptions } from '../tracer-options.js';
import { addWhatIfOptions } from '../what-if-options.js';

/** Adds `mesh-trace runbook`. */
export function runbookOn(program: Command, io: Io, done: (code: ExitCode) => void): void {
  const command = program
    .command('runbook')
    .description('write a trace as a document for a ticket: the answer, what to do, how to verify, all evidence')
    .argument('[proxy]', 'the pod whose Envoy is asked, as for a trace');
  addWhatIfOptions(addSourceOptions(addTracerOptions(addRequestOptions(command))))
    .addOption(new Option('--out <file>', 'the file to write (default: standard output)').helpGroup('Output:'))
    .addOption(new Option('--force', 'overwrite the file').helpGroup('Output:'))
    .addOption(
      new Option('-o, --output <format>', 'form of the document')
        .choices(['markdown', 'html'])
        .default('markdown')
        .helpGroup('Output:'),
    )
    .addOption(languageOption('Output:'))
    .addOption(quietOption('Output:'))
    .addOption(debugOption('Output:'))
    .action(async (proxy: string | undefined, options) => {
      const { runbookCommand } = await import('./runbook.js');
      done(await runbookCommand(proxy, options, io));
    });
}
