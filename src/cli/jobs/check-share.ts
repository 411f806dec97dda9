import { checkProxy, checkTogether } from '../../findings/check.js';
import { damageIn, snapshotOf } from '../../model/snapshot.js';
import type { Checked } from '../check-proxies.js';
import { decodeAll } from '../decoded.js';
import type { Io } from '../io.js';
import type { CheckTask } from './check-in-threads.js';
import { fromShared } from './shared-document.js';

/** Does a thread’s part of a check. The first thread alone says what there is, and what is found in all proxies together. */
export async function checkShare(
  { documents, settings, share, of }: CheckTask,
  io: Io,
  onDone: () => void,
): Promise<Checked> {
  const decoded = await decodeAll(documents.map(fromShared), {}, io);
  const snapshot = snapshotOf(decoded.documents);
  const found = snapshot.proxies.flatMap((proxy, index) => {
    if (index % of !== share) return [];
    const findings = checkProxy(proxy, snapshot, settings);
    onDone();
    return findings;
  });
  if (share > 0) return { proxies: [], found, warnings: [] };
  return {
    proxies: [...new Set(snapshot.proxies.map(({ name }) => name))],
    found: [...found, ...checkTogether(snapshot, settings)],
    warnings: [...decoded.warnings, ...snapshot.notes, ...damageIn(snapshot)],
  };
}
