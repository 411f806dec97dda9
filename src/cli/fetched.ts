import { documentOf } from '../source/document.js';
import type { IstioctlOptions } from '../source/istioctl/index.js';
import { UsageError } from './fail.js';
import { inParallel } from './in-parallel.js';
import type { Io } from './io.js';
import { istioctlOptions } from './istioctl-options.js';
import { ASKED_AT_ONCE, type GlobalOptions, type SourceOptions } from './options.js';
import { progressOn } from './progress.js';
import type { OnDocument } from './saved.js';
import type { Sources } from './sources.js';

/** How the configuration of proxies is fetched. */
export interface FetchOptions {
  /** Go on without the proxies that cannot be had, as long as there are others. */
  skipFailing?: boolean;
  /** Hears of each saved document as soon as it is found. */
  onDocument?: OnDocument;
}

/**
 * The documents of proxies, asked through istioctl; each lies in a folder that is called like its target.
 * Throws UsageError where none is named, IstioctlError for the first that cannot be had (with `skipFailing` where none can).
 */
export async function fetched(
  options: SourceOptions & GlobalOptions & FetchOptions,
  targets: readonly string[],
  io: Io,
): Promise<Sources> {
  if (targets.length === 0) {
    throw new UsageError(
      'nothing says whose configuration to read',
      'Name a pod (pod.namespace; to logs, test and record with --proxy), or give a saved dump with -f.',
    );
  }
  const { fetchProxy } = await import('../source/istioctl/index.js');
  const warnings: string[] = [];
  const progress = progressOn(io, options);
  progress.show('asking istioctl for its version');
  let there = 0;
  const onProgress: IstioctlOptions['onProgress'] = call =>
    progress.show(`fetching ${call.what}`, targets.length === 1 ? call : { done: there, total: targets.length });
  try {
    const failures: unknown[] = [];
    const answers = await inParallel(targets, options.jobs ?? ASKED_AT_ONCE, io.signal, async (target, signal) => {
      const warn = (words: string) => warnings.push(`${target}: the health of its endpoints is not known: ${words}`);
      const settings = { ...istioctlOptions(options, io, warn), signal, onProgress };
      const documents = await fetchProxy(target, settings).catch(error => {
        if (options.skipFailing !== true || !(error instanceof Error) || signal.aborted) throw error;
        failures.push(error);
        warnings.push(`${target} is left out: ${error.message}`);
        return [];
      });
      there += 1;
      return documents.map(({ name, bytes, command }) => ({
        document: documentOf(name, bytes, { folder: target, command: command.join(' ') }),
        isNamed: true,
      }));
    });
    if (failures.length === targets.length) throw failures[0];
    return { documents: answers.flat(), warnings };
  } finally {
    progress.end();
  }
}
