import { Command, CommanderError, Option } from 'commander';
import { captureOn } from './commands/capture-options.js';
import { checkOn } from './commands/check-options.js';
import { diffOn } from './commands/diff-options.js';
import { listOn } from './commands/list-options.js';
import { logsOn } from './commands/logs-options.js';
import { COMMAND_NAMES, type CommandName } from './commands/names.js';
import { recordOn } from './commands/record-options.js';
import { runbookOn } from './commands/runbook-options.js';
import { statusOn } from './commands/status-options.js';
import { testOn } from './commands/test-options.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import type { Io } from './io.js';
import { addJobsOption, addRequestOptions, addSourceOptions } from './options.js';
import { debugOption, languageOption, quietOption } from './output-options.js';
import { addTracerOptions } from './tracer-options.js';
import { version } from './version.js';
import { addWhatIfOptions } from './what-if-options.js';

/** Runs mesh-trace with the arguments behind its name; returns the exit code. Nothing is thrown. */
export async function run(args: readonly string[], io: Io): Promise<number> {
  let exitCode: ExitCode = EXIT.ok;
  const program = buildProgram(
    io,
    code => {
      exitCode = code;
    },
    commandsIn(args),
  );
  try {
    await program.parseAsync([...args], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    const { failureOf } = await import('./fail.js');
    const { tell } = await import('./tell.js');
    const failure = failureOf(io.signal.aborted ? io.signal.reason : error, args.includes('--debug'));
    tell(failure.lines, io);
    return failure.exitCode;
  }
}

type Done = (code: ExitCode) => void;

const COMMANDS: Readonly<Record<CommandName, (program: Command, io: Io, done: Done) => void>> = {
  check: checkOn,
  diff: diffOn,
  explain: explainOn,
  list: listOn,
  capture: captureOn,
  status: statusOn,
  runbook: runbookOn,
  logs: logsOn,
  test: testOn,
  record: recordOn,
};

/** What asks for help, which lists all commands: in letters put together, too. */
const HELP = /^(help|--help|-[a-z]*h[a-z]*)$/i;

/** The commands that the arguments can mean. To set all up takes a good part of the time that a short trace has. */
function commandsIn(args: readonly string[]): readonly CommandName[] {
  return args.some(arg => HELP.test(arg)) ? COMMAND_NAMES : COMMAND_NAMES.filter(name => args.includes(name));
}

/** The program with all its commands, or some, and their options; each command's code is loaded when it runs. */
export function buildProgram(io: Io, done: Done, commands: readonly CommandName[] = COMMAND_NAMES): Command {
  const program = new Command('mesh-trace')
    .description(
      'Traces a request through Envoy’s configuration in an Istio mesh, hop by hop: live through istioctl, or offline from saved dumps.',
    )
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      writeOut: text => io.stdout.write(text),
      writeErr: text => io.stderr.write(text),
      outputError: (text, write) => write(text.replace(/^error: /, 'mesh-trace: ')),
      getOutHelpWidth: () => io.stdout.columns,
      getErrHelpWidth: () => io.stderr.columns,
    })
    .configureHelp({ minWidthToWrap: LEAST_HELP_COLUMNS });
  traceOn(program, io, done);
  for (const name of commands) COMMANDS[name](program, io, done);
  for (const command of [program, ...program.commands])
    command.showHelpAfterError(`${usageOf(command)}(${helpOf(command)} shows all options)`);
  return program;
}

/** In a terminal of 60 columns, so many are left beside the longest option. */
const LEAST_HELP_COLUMNS = 20;

/** How a command is called that does not go without arguments. */
function usageOf(command: Command): string {
  const needsArguments = command.registeredArguments.some(({ required }) => required);
  return needsArguments ? `Usage: mesh-trace ${command.name()} ${command.usage()}\n` : '';
}

function helpOf(command: Command): string {
  return [command.parent?.name() ?? [], command.name(), '--help'].flat().join(' ');
}

function explainOn(program: Command, io: Io, done: Done): void {
  program
    .command('explain')
    .description('explain a finding, or what stands in an access log: response flags, details, statuses')
    .argument(
      '[terms...]',
      'a finding (missing-subset), a response flag (UF), details, an HTTP status, or several as they were logged',
    )
    .addOption(
      new Option('-o, --output <format>', 'form of the answer')
        .choices(['text', 'json', 'yaml', 'markdown'])
        .default('text'),
    )
    .addOption(languageOption())
    .action(async (terms: string[], options) => {
      const { explainCommand } = await import('./commands/explain.js');
      done(await explainCommand(terms, options, io));
    });
}

function traceOn(program: Command, io: Io, done: Done): void {
  program.argument(
    '[proxy]',
    'the pod whose Envoy is asked: pod.namespace, or a unique beginning of it; may be left out when there is one',
  );
  addJobsOption(addWhatIfOptions(addSourceOptions(addTracerOptions(addRequestOptions(program)))))
    .addOption(
      new Option('--requests <file>', 'requests to trace, YAML or JSON Lines; - for standard input').helpGroup(
        'Request:',
      ),
    )
    .addOption(
      new Option('-o, --output <format>', 'form of the answer')
        .choices(['table', 'json', 'yaml', 'jsonl'])
        .default('table')
        .helpGroup('Output:'),
    )
    .addOption(
      new Option(
        '-v, --verbose',
        'show candidates, evidence and the istioctl commands that show the same; with --requests print each trace in full',
      ).helpGroup('Output:'),
    )
    .addOption(languageOption('Output:'))
    .addOption(quietOption('Output:'))
    .addOption(debugOption('Output:'))
    .addHelpText('after', EXAMPLES)
    .allowExcessArguments()
    .action(async (proxy: string | undefined, options, { args }: Command) => {
      if (args.length > 1) throw (await import('./commands/too-many.js')).tooManyArguments(args);
      const { traceCommand } = await import('./commands/trace.js');
      done(await traceCommand(proxy, options, io));
    });
}

const EXAMPLES = `
Examples:
  mesh-trace productpage-v1-5cb458d74f-k7wzd.default \\
    --to reviews:8888
  mesh-trace productpage -f snapshots/bookinfo-1.1 \\
    --to http://reviews:8888/reviews/0 -H 'end-user: jason'
  mesh-trace -f config_dump.json -f clusters.json \\
    --to tcp://mysql:3306 -o json

Exit codes:
  0  the request is forwarded, or answered below 400
  1  any other end
  2  wrong usage
  3  nothing could be read, or istioctl failed
  4  undetermined: the configuration does not decide it`;
