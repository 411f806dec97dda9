import { type CheckSettings, inOrder } from '../../findings/check.js';
import type { Checked } from '../check-proxies.js';
import type { Io } from '../io.js';
import type { Found } from '../load.js';
import type { GlobalOptions } from '../options.js';
import { progressOn } from '../progress.js';
import { type SharedDocument, shareDocuments } from './shared-document.js';
import { inThreads } from './threads.js';

/** A thread’s part of a check: it sees all documents and checks each `of`th proxy, from `share` on. */
export interface CheckTask {
  readonly documents: readonly SharedDocument[];
  readonly settings: CheckSettings;
  readonly share: number;
  readonly of: number;
}

/** Checks all proxies of the documents, divided among threads; null where no document holds configuration. Throws when the user interrupts. */
export async function checkInThreads(
  found: Found,
  jobs: number,
  settings: CheckSettings,
  options: GlobalOptions,
  io: Io,
): Promise<Checked | null> {
  const progress = progressOn(io, options);
  try {
    const documents = await shareDocuments(found.documents, progress, io);
    const tasks = Array.from({ length: jobs }, (_, share): CheckTask => ({ documents, settings, share, of: jobs }));
    const answers = await inThreads<CheckTask, Checked>(
      tasks,
      done => progress.show(`${done} proxies are checked`),
      io,
    );
    const [first] = answers;
    if (first === undefined || first.proxies.length === 0) return null;
    return {
      proxies: first.proxies,
      found: inOrder(answers.flatMap(answer => answer.found)),
      warnings: [...found.warnings, ...first.warnings],
    };
  } finally {
    progress.end();
  }
}
