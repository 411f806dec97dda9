import { rank, type Severity } from '../../compare/sync-notes/note.js';
import { explainStatus, type StatusReport } from '../../compare/sync-state.js';
import { coloured, plain } from '../../render/paint.js';
import { toJson, toYaml } from '../../render/serialise.js';
import { renderStatusTable } from '../../render/status/table.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { hasColour, type Io, rowWidth } from '../io.js';
import type { GlobalOptions, SourceOptions } from '../options.js';
import { listingOptions, liveStatus, savedStatus } from '../status-sources.js';
import { tellWarnings } from '../tell.js';

export interface StatusOptions extends SourceOptions, GlobalOptions {
  /** Proxies that should be listed. */
  expect?: string[];
  failOn: Severity | 'never';
  output: 'table' | 'json' | 'yaml';
}

/** `mesh-trace status [pod.ns…]`: how far istiod and the proxies agree, and what is not as it should be. */
export async function statusCommand(names: readonly string[], options: StatusOptions, io: Io): Promise<ExitCode> {
  const only = names.map(name => withNamespace(name, options.namespace));
  const [first] = only;
  const target = only.length === 1 && options.expect === undefined && first !== undefined ? first : null;
  if (options.dryRun === true) return printStatusCommands(target, options, io);
  const { status, beside, warnings } =
    options.file === undefined ? await liveStatus(target, options, io) : await savedStatus(options.file, options, io);
  tellWarnings(warnings, options, io);
  const expected = [...(options.expect ?? []), ...(only.length === 0 ? besideOf(beside, options.namespace) : [])];
  const report = explainStatus(status, {
    expected,
    ...(only.length === 0 ? {} : { only }),
    ...(options.namespace === undefined ? {} : { namespace: options.namespace }),
  });
  io.stdout.write(await print(report, options, io));
  return exitCodeOf(report, options.failOn);
}

/** A name without namespace is of the namespace that was given. */
function withNamespace(name: string, namespace: string | undefined): string {
  return namespace === undefined || name.includes('.') ? name : `${name}.${namespace}`;
}

function besideOf(names: readonly string[], namespace: string | undefined): string[] {
  return names.filter(name => namespace === undefined || name.endsWith(`.${namespace}`));
}

async function print(report: StatusReport, options: StatusOptions, io: Io): Promise<string> {
  if (options.output === 'json') return toJson(report);
  if (options.output === 'yaml') return toYaml(report);
  const paint = hasColour(io.stdout, io.env) ? coloured : plain;
  return renderStatusTable(report, { width: io.stdout.columns, rowWidth: rowWidth(io.stdout), paint });
}

function exitCodeOf({ worst }: StatusReport, failOn: StatusOptions['failOn']): ExitCode {
  if (worst === null || failOn === 'never') return EXIT.ok;
  return rank(worst) <= rank(failOn) ? EXIT.failed : EXIT.ok;
}

/** Prints the istioctl commands that would be run, and runs none. */
async function printStatusCommands(target: string | null, options: StatusOptions, io: Io): Promise<ExitCode> {
  if (options.file !== undefined) return EXIT.ok;
  const { planned, printPlanned } = await import('../dry-run.js');
  printPlanned(await planned({ targets: [], listing: { of: target } }, listingOptions(options), io), '', io);
  return EXIT.ok;
}
