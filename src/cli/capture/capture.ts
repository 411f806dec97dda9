import type { AskedCapture, ManifestProxy, SnapshotSettings } from '../../decode/manifest.js';
import {
  type FetchedDocument,
  IstioctlError,
  type IstioctlErrorKind,
  type IstioctlOptions,
  istioctlVersion,
} from '../../source/istioctl/index.js';
import { inParallel } from '../in-parallel.js';
import type { Progress } from '../progress.js';
import { version } from '../version.js';
import { fetchedProxy } from './fetched-proxy.js';
import { type CapturedFile, SnapshotFolder } from './folder.js';
import { redactedFile } from './redacted.js';
import { targetsOf } from './targets.js';

/** What no other proxy would be spared. */
const FATAL: ReadonlySet<IstioctlErrorKind> = new Set(['not-found', 'no-kubeconfig', 'unknown-context', 'api-down']);

/** What a run did. */
export interface CaptureOutcome {
  readonly captured: readonly ManifestProxy[];
  /** Targets that were there already, whole. */
  readonly there: readonly string[];
  readonly failed: readonly { readonly target: string; readonly error: Error }[];
  readonly warnings: readonly string[];
}

interface CaptureRun {
  readonly asked: AskedCapture;
  readonly settings: SnapshotSettings;
  readonly force: boolean;
  readonly options: IstioctlOptions;
  readonly progress: Progress;
  /** Proxies asked at the same time. */
  readonly jobs: number;
  readonly signal: AbortSignal;
}

/**
 * Captures proxies into a folder, some at a time, and goes on where an earlier run stopped. One that cannot be had stops no other.
 * Throws IstioctlError where no proxy can be had, or the only one cannot, SourceError where the folder cannot be written.
 */
export async function captureInto(path: string, run: CaptureRun): Promise<CaptureOutcome> {
  const { asked, settings, force, signal, options, progress } = run;
  const istioctl = (await istioctlVersion(options))?.text ?? 'unknown';
  const { targets, status, warnings } = await targetsOf(asked, options);
  const versions = { 'mesh-trace': version(), istioctl };
  const folder = await SnapshotFolder.open(path, { settings, asked: [asked], versions, force, signal });
  const missing = await folder.missing(targets);
  const captured: ManifestProxy[] = [];
  const failed: { target: string; error: Error }[] = [];
  await inParallel(missing, run.jobs, signal, async (target, stop) => {
    progress.show(`capturing ${target}`, { done: captured.length + failed.length, total: missing.length });
    try {
      const proxy = await captureOne(target, status, folder, run, stop);
      if (proxy !== null) captured.push(proxy);
    } catch (error) {
      if (!isOfOneProxy(error)) throw error;
      failed.push({ target, error });
      folder.fail(target, error.message);
    }
  });
  const [first] = failed;
  if (first !== undefined && new Set(targets).size === 1) throw first.error;
  if (missing.length > 0 && failed.length < new Set(targets).size) await folder.save();
  captured.sort(byTarget);
  failed.sort(byTarget);
  return { captured, there: targets.filter(target => !missing.includes(target)), failed, warnings };
}

function byTarget(a: { readonly target: string }, b: { readonly target: string }): number {
  return a.target < b.target ? -1 : 1;
}

/** Null where the target turned out to be a proxy that is captured already. */
async function captureOne(
  target: string,
  status: FetchedDocument | null,
  folder: SnapshotFolder,
  { settings, options }: CaptureRun,
  signal: AbortSignal,
): Promise<ManifestProxy | null> {
  const named = { ...options, namespace: undefined, signal };
  const { name, files, problems } = await fetchedProxy(target, status, settings.istiod, named);
  if (!folder.claim(name, target)) return null;
  const redacted: CapturedFile[] = [];
  for (const file of files) redacted.push(await redactedFile(file, settings));
  return folder.put({ target, name, files: redacted, problems, capturedAt: new Date().toISOString() });
}

function isOfOneProxy(error: unknown): error is Error {
  if (error instanceof IstioctlError) return !FATAL.has(error.kind);
  return error instanceof SyntaxError || (error instanceof Error && error.name === 'ScanError');
}
