import type { AskedCapture, SnapshotSettings } from '../../decode/manifest.js';
import { renderCaptureReport } from '../../render/capture-report.js';
import { coloured, plain } from '../../render/paint.js';
import { type CaptureOutcome, captureInto } from '../capture/capture.js';
import { whileLocked } from '../capture/folder-lock.js';
import { pseudonymisedInto } from '../capture/pseudonymised.js';
import { checkAsked } from '../capture/targets.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { failureOf, UsageError } from '../fail.js';
import { hasColour, type Io } from '../io.js';
import { istioctlOptions } from '../istioctl-options.js';
import { ASKED_AT_ONCE, type GlobalOptions, type SourceOptions } from '../options.js';
import { progressOn } from '../progress.js';
import { tell, tellWarnings } from '../tell.js';

export interface CaptureOptions extends SourceOptions, GlobalOptions {
  dir: string;
  allNamespaces?: boolean;
  istiod?: boolean;
  gzip?: boolean;
  force?: boolean;
  redact: boolean;
  pseudonymise?: boolean;
}

/** `mesh-trace capture [pod.ns…] -d DIR`: saves the configuration of proxies as a snapshot. */
export async function captureCommand(names: readonly string[], options: CaptureOptions, io: Io): Promise<ExitCode> {
  const asked: AskedCapture = {
    proxies: [...names],
    namespace: options.namespace ?? null,
    allNamespaces: options.allNamespaces === true,
  };
  checkAsked(asked);
  if (options.dir === '') throw new UsageError('--dir is empty', 'Name the folder to write to; . is this one.');
  if (options.pseudonymise === true && !options.redact)
    throw new UsageError('--pseudonymise and --no-redact contradict each other', 'Leave one of them out.');
  if (options.dryRun === true) return (await import('../capture/dry-run.js')).printCaptureCommands(asked, options, io);
  const privateDir = options.pseudonymise === true ? privateBeside(options.dir) : null;
  try {
    const run = () => capture(asked, privateDir, options, io);
    return await whileLocked(options.dir, privateDir === null ? run : () => whileLocked(privateDir, run));
  } catch (error) {
    if (!io.signal.aborted) throw error;
    tell(['Interrupted. Run it again: it goes on with what is not captured yet.'], io);
    return EXIT.interrupted;
  }
}

async function capture(
  asked: AskedCapture,
  privateDir: string | null,
  options: CaptureOptions,
  io: Io,
): Promise<ExitCode> {
  const progress = progressOn(io, options);
  const run = { force: options.force === true, signal: io.signal, progress };
  let outcome: CaptureOutcome;
  let shown: Pick<CaptureOutcome, 'captured' | 'there'>;
  try {
    progress.show('asking istioctl for its version and the proxies');
    outcome = await captureInto(privateDir ?? options.dir, {
      ...run,
      asked,
      jobs: options.jobs ?? ASKED_AT_ONCE,
      settings: settingsOf(options),
      options: istioctlOptions(options, io, () => {}),
    });
    const hasAny = outcome.captured.length + outcome.there.length > 0;
    shown = privateDir === null || !hasAny ? outcome : await pseudonymisedInto(options.dir, privateDir, run);
  } finally {
    progress.end();
  }
  tellWarnings(outcome.warnings, options, io);
  tellFailures(outcome, options, io);
  const { captured: proxies, there } = shown;
  const failed = outcome.failed.length;
  if (proxies.length + there.length === 0) {
    tell([`None of ${failed} proxies was captured, and nothing was written. Run it again to try once more.`], io);
    return EXIT.unreadable;
  }
  const paint = hasColour(io.stdout, io.env) ? coloured : plain;
  const report = { dir: options.dir, proxies, there, failed, redacted: options.redact, privateDir };
  io.stdout.write(renderCaptureReport(report, { width: io.stdout.columns, paint }));
  return failed > 0 ? EXIT.unreadable : EXIT.ok;
}

/** Throws UsageError where the folder has no name that another could be called after. */
function privateBeside(dir: string): string {
  const path = dir.replace(/\/+$/, '');
  if (!/(?:^|\/)\.{0,2}$/.test(path)) return `${path}.private`;
  throw new UsageError(`${dir} has no name that the private folder beside it could have`, 'Give another --dir.');
}

function settingsOf({ redact, istiod, gzip }: CaptureOptions): SnapshotSettings {
  return { redacted: redact, istiod: istiod === true, gzip: gzip === true, pseudonymsOf: null };
}

function tellFailures({ failed }: CaptureOutcome, options: CaptureOptions, io: Io): void {
  for (const { target, error } of failed) {
    const [first, ...more] = failureOf(error, options.debug === true).lines;
    tell([`${target} was not captured. ${first}`, ...more], io);
  }
}
