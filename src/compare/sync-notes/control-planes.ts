import type { ListedProxy } from '../../decode/proxy-status/status.js';
import { groupedBy, groupedByEach } from '../../model/grouped-by.js';
import { list, note, type SyncNote } from './note.js';
import { typesIn } from './proxy.js';

/** Several istiods in one listing, and whether one of them has all the proxies that are behind. */
export function controlPlaneNotes(proxies: readonly ListedProxy[]): SyncNote[] {
  const byIstiod = groupedByEach(proxies, ({ istiod }) => (istiod === null ? [] : [istiod]));
  if (byIstiod.size < 2) return [];
  const told = [...byIstiod].sort(([a], [b]) => (a < b ? -1 : 1)).map(([istiod, served]) => describe(istiod, served));
  return [
    note({
      code: 'control-planes',
      severity: 'info',
      title: `${byIstiod.size} control planes`,
      text: `The proxies are connected to ${list(told)}. Normal with several replicas, revisions or clusters: each proxy has one connection.`,
    }),
    ...suspectNotes(byIstiod),
  ];
}

function describe(istiod: string, served: readonly ListedProxy[]): string {
  const version = served.find(({ istiodVersion }) => istiodVersion !== null)?.istiodVersion;
  const proxies = served.length === 1 ? '1 proxy' : `${served.length} proxies`;
  return `${istiod} (${proxies}${version === undefined ? '' : `, version ${version}`})`;
}

function isBehind(proxy: ListedProxy): boolean {
  return typesIn(proxy, 'STALE').length > 0;
}

/** Stale proxies at one istiod only, and at least two of them, speak of that istiod and not of the proxies. */
function suspectNotes(byIstiod: ReadonlyMap<string, readonly ListedProxy[]>): SyncNote[] {
  const behind = [...byIstiod].map(([istiod, served]) => ({ istiod, count: served.filter(isBehind).length }));
  const [suspect, ...others] = behind.filter(({ count }) => count > 0);
  if (suspect === undefined || others.length > 0 || suspect.count < 2) return [];
  return [
    note({
      code: 'control-plane-suspect',
      severity: 'warning',
      title: `all ${suspect.count} stale proxies are at one istiod`,
      text: `Every proxy that is STALE is connected to ${suspect.istiod}, and none of the others is. Not normal: that istiod is more likely the cause than the proxies.`,
      remedy: 'Look at the load and the log of that istiod; after a restart its proxies connect to another one.',
    }),
  ];
}

/** One proxy in the listing more than once: what an older connection left, until istiod notices that it is closed. */
export function listedTwiceNotes(proxies: readonly ListedProxy[]): SyncNote[] {
  const byName = groupedBy(proxies, ({ name, cluster }) => `${cluster ?? ''}/${name}`);
  return [...byName]
    .filter(([, entries]) => entries.length > 1)
    .map(([key, entries]) => {
      const name = key.slice(key.indexOf('/') + 1);
      const istiods = entries.map(({ istiod }) => istiod ?? 'an istiod without name');
      return note({
        code: 'listed-twice',
        severity: 'warning',
        title: `${name} is listed ${istiods.length} times`,
        text: `It is listed under ${list(istiods)}, but a proxy has one connection. Normal for some seconds after it has connected anew; the other entry is what remains of the old connection.`,
        remedy: 'Run it again after some seconds.',
      });
    });
}
