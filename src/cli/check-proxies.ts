import { type CheckSettings, checkTogether, inOrder } from '../findings/check.js';
import type { Finding } from '../findings/finding.js';
import { selectProxy } from '../model/select.js';
import type { Snapshot } from '../model/snapshot.js';
import type { Io } from './io.js';
import { type CheckedProxy, checkerOf } from './jobs/check-job.js';
import { loadShared } from './jobs/load-shared.js';
import type { Threads } from './jobs/threads.js';
import type { Found } from './load.js';
import type { GlobalOptions } from './options.js';
import { progressOn } from './progress.js';

interface Failed {
  readonly proxy: string;
  readonly message: string;
  readonly hint: string;
}

/** What was found in the proxies that are meant. */
export interface Checked {
  /** Names of those that were checked. */
  readonly proxies: readonly string[];
  readonly found: readonly Finding[];
  readonly warnings: readonly string[];
  /** Those whose configuration could not be read, and why. */
  readonly failed: readonly Failed[];
}

/** Checks the proxies of the documents, all unless some are named, divided among threads. Throws what loadedOf throws, and ProxyNotFound. */
export async function checkProxies(
  documents: Found,
  names: readonly string[],
  { status, ...settings }: CheckSettings,
  options: GlobalOptions,
  threads: Threads,
  io: Io,
): Promise<Checked> {
  const { snapshot, warnings } = await loadShared(documents, options, threads, io);
  const chosen = chosenProxies(snapshot, names);
  const progress = progressOn(io, options);
  try {
    const job = { ...settings, chosen };
    const answers = await threads.divide<CheckedProxy>(
      { job: 'check', settings: job, count: chosen.length },
      checkerOf(snapshot, job),
      done => progress.show('checking proxies', { done, total: chosen.length }),
    );
    const together = checkTogether(snapshot, status === undefined ? settings : { ...settings, status });
    return {
      proxies: chosen.filter((_, index) => answers[index]?.problem === null),
      found: inOrder([...answers.flatMap(({ found }) => found), ...together.filter(isOf(chosen, snapshot))]),
      warnings: [...new Set([...warnings, ...answers.flatMap(({ damage }) => damage)])],
      failed: chosen.flatMap((proxy, index) => {
        const problem = answers[index]?.problem ?? null;
        return problem === null ? [] : { proxy, ...problem };
      }),
    };
  } finally {
    progress.end();
  }
}

/** The proxies that are meant; the others are evidence only (both ends of a connection). */
function chosenProxies({ proxies }: Snapshot, names: readonly string[]): string[] {
  const chosen = names.length === 0 ? proxies : names.map(name => selectProxy(proxies, name));
  return [...new Set(chosen.map(({ name }) => name))];
}

/** What is about all proxies together is told where all are meant. */
function isOf(chosen: readonly string[], { proxies }: Snapshot) {
  const areAll = chosen.length === proxies.length;
  const names = new Set(chosen);
  return ({ proxy }: Finding) => (proxy === null ? areAll : names.has(proxy));
}
