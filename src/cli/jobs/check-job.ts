import type { DecodedDocument } from '../../decode/document.js';
import { DecodeProblem } from '../../decode/problem.js';
import { checkProxy } from '../../findings/check.js';
import type { Finding } from '../../findings/finding.js';
import type { FindingSettings } from '../../findings/now.js';
import type { ProxyConfig } from '../../model/proxy.js';
import { type Snapshot, snapshotOf } from '../../model/snapshot.js';

/** What came of one proxy. */
export interface CheckedProxy {
  readonly found: readonly Finding[];
  /** What was found damaged in it. */
  readonly damage: readonly string[];
  /** Why it could not be checked, and what to do; null where it was. */
  readonly problem: { readonly message: string; readonly hint: string } | null;
}

export interface CheckJobSettings extends FindingSettings {
  /** Names of the proxies to check; the others are evidence. */
  readonly chosen: readonly string[];
}

/** Checks the chosen ones of the proxies in documents. */
export function checkJob(documents: readonly DecodedDocument[], settings: CheckJobSettings) {
  return checkerOf(snapshotOf(documents), settings);
}

/** Checks the chosen proxies of a snapshot, each by its position among them. One whose configuration cannot be read stops no other. */
export function checkerOf(snapshot: Snapshot, { chosen, ...settings }: CheckJobSettings) {
  return (index: number): CheckedProxy => {
    const proxy = snapshot.proxies.find(({ name }) => name === chosen[index]);
    if (proxy === undefined) throw new RangeError(`there is no proxy ${index}`);
    const { found, problem } = checkBeside(proxy, snapshot, settings);
    return { found, damage: proxy.damage, problem };
  };
}

/** Another proxy whose configuration cannot be read is no evidence for this one. */
function checkBeside(proxy: ProxyConfig, snapshot: Snapshot, settings: FindingSettings): Omit<CheckedProxy, 'damage'> {
  try {
    return { found: checkProxy(proxy, snapshot, settings), problem: null };
  } catch (error) {
    if (!(error instanceof DecodeProblem)) throw error;
    const isReadable = ({ documents }: ProxyConfig) => documents.every(({ name }) => name !== error.document);
    if (!isReadable(proxy)) return { found: [], problem: { message: error.message, hint: error.hint } };
    const pilot = new Map([...snapshot.pilot].filter(([, planned]) => isReadable(planned)));
    const proxies = snapshot.proxies.filter(isReadable);
    if (proxies.length + pilot.size === snapshot.proxies.length + snapshot.pilot.size) throw error;
    return checkBeside(proxy, { ...snapshot, proxies, pilot }, settings);
  }
}
