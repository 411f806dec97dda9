import { type CheckSettings, checkSnapshot } from '../findings/check.js';
import type { Finding } from '../findings/finding.js';
import { selectProxy } from '../model/select.js';
import { damageIn, type Snapshot } from '../model/snapshot.js';
import type { Io } from './io.js';
import { jobsFor } from './jobs/threads.js';
import { type Found, loadDocuments } from './load.js';
import type { GlobalOptions } from './options.js';

/** What was found in the proxies that are meant. */
export interface Checked {
  /** Their names. */
  readonly proxies: readonly string[];
  readonly found: readonly Finding[];
  readonly warnings: readonly string[];
}

/** Documents for each thread, so that it finds more to do than to begin. */
const DOCUMENTS_FOR_EACH = 20;

/** Checks the proxies of the documents, all unless some are named, in as many threads as pay. Throws what loadDocuments throws, and ProxyNotFound. */
export async function checkProxies(
  documents: Found,
  names: readonly string[],
  settings: CheckSettings,
  options: GlobalOptions & { readonly jobs?: number },
  io: Io,
): Promise<Checked> {
  const jobs = names.length > 0 ? 1 : jobsFor(documents.documents.length, options.jobs, DOCUMENTS_FOR_EACH);
  if (jobs > 1) {
    const { checkInThreads } = await import('./jobs/check-in-threads.js');
    const checked = await checkInThreads(documents, jobs, settings, options, io);
    if (checked !== null) return checked;
  }
  const { snapshot, warnings } = await loadDocuments(documents, options, io);
  const proxies = chosenProxies(snapshot, names);
  const found = checkSnapshot(snapshot, settings).filter(isOf(proxies, snapshot));
  return { proxies, found, warnings: [...warnings, ...damageIn(snapshot)] };
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
