import { type Command, Option } from 'commander';
import type { ExitCode } from '../exit-codes.js';
import type { Io } from '../io.js';
import { addIstioctlOptions, addJobsOption } from '../options.js';
import { debugOption, quietOption } from '../output-options.js';

/** Adds `mesh-trace capture` to the program; its code is loaded when it runs. */
export function captureOn(program: Command, io: Io, done: (code: ExitCode) => void): void {
  const command = program
    .command('capture')
    .description(
      'save the configuration of proxies as a snapshot, without its secrets, for all commands to read offline',
    )
    .argument('[proxies...]', 'pod.namespace or deploy/name.namespace; all of a namespace with -n alone')
    .requiredOption('-d, --dir <folder>', 'the folder that the snapshot is written to')
    .option('-A, --all-namespaces', 'all proxies that istiod lists')
    .option('--istiod', 'Pilot’s side of each proxy as well, for mesh-trace diff')
    .option('--gzip', 'pack each file')
    .option('--force', 'overwrite what is there')
    .addOption(new Option('--no-redact', 'keep private keys, tokens, passwords and other secrets'))
    .option('--pseudonymise', 'replace names, hosts and addresses as well, so that the folder may be given away');
  addJobsOption(addIstioctlOptions(command))
    .addOption(quietOption())
    .addOption(debugOption())
    .action(async (names: string[], options) => {
      const { captureCommand } = await import('./capture.js');
      done(await captureCommand(names, options, io));
    });
}
