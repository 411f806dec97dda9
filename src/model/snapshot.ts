import type { DecodedDocument } from '../decode/document.js';
import { inOrder, newestDump } from './dump-choice.js';
import { bootstrapNode, groupByProxy } from './grouping.js';
import { Messages } from './messages.js';
import { ProxyConfig } from './proxy.js';
import { type Workload, workloadsOf } from './workload.js';

/** All proxies that were read, and Pilot's side of them. */
export interface Snapshot {
  /** Sorted by name. */
  readonly proxies: readonly ProxyConfig[];
  /** What Pilot or istiod would send, by the name of the proxy. */
  readonly pilot: ReadonlyMap<string, ProxyConfig>;
  /** Workloads that a ztunnel's dump knows, by IP. */
  readonly workloads: ReadonlyMap<string, Workload>;
  /** What a reader should know: dumps of a proxy that are left out because a newer one is there. */
  readonly notes: readonly string[];
}

/**
 * Groups documents by proxy: by the node id in the bootstrap, by what the place of the document says, else by file name and folder.
 * Of several dumps of one proxy the newest counts. Pilot's documents are kept apart, unless they are all that is known of a proxy.
 */
export function snapshotOf(documents: readonly DecodedDocument[]): Snapshot {
  const proxies: ProxyConfig[] = [];
  const pilot = new Map<string, ProxyConfig>();
  const notes: string[] = [];
  const ofZtunnel = documents.filter(({ form }) => form === 'ztunnel');
  const groups = groupByProxy(documents.filter(({ form }) => form !== 'ztunnel'));
  const messages = groups.size > 1 ? new Messages() : null;
  for (const [name, group] of groups) {
    const fromPilot = group.filter(isPilotDocument);
    const fromEnvoy = group.filter(document => !fromPilot.includes(document));
    const { used, leftOut } = newestDump(fromEnvoy.length > 0 ? fromEnvoy : fromPilot);
    proxies.push(new ProxyConfig(name, used, messages));
    const [best] = used;
    if (best !== undefined && leftOut.length > 0)
      notes.push(`${name}: of ${leftOut.length + 1} dumps the newest is used, ${best.name}`);
    if (fromPilot.length > 0) pilot.set(name, new ProxyConfig(name, besideOf(best, fromPilot), messages));
  }
  proxies.sort((a, b) => (a.name < b.name ? -1 : 1));
  return { proxies, pilot, workloads: workloadsOf(ofZtunnel), notes };
}

/** What was found damaged while the proxies were looked into: entries are read when they are asked for. */
export function damageIn({ proxies }: Snapshot): string[] {
  return [...new Set(proxies.flatMap(({ damage }) => damage))];
}

/** Whether an entry that was looked into, of a proxy or of Pilot’s side, turned out to be no JSON. */
export function isDamaged({ proxies, pilot }: Snapshot): boolean {
  return proxies.some(proxy => proxy.isDamaged) || [...pilot.values()].some(proxy => proxy.isDamaged);
}

/** Pilot's `/debug/config_dump`: camelCase, without a node and without the times at which Envoy took each resource. */
export function isPilotDocument(document: DecodedDocument): boolean {
  if (document.form !== 'config_dump' || bootstrapNode(document) !== null) return false;
  const lists = document.lists.filter(({ kind }) => kind !== 'bootstrap');
  return (
    lists.some(list => /\/(dynamic|static)[A-Z]/.test(list.pointer) && list.all().length > 0) &&
    lists.every(list => list.newestUpdate() === null)
  );
}

/** Pilot's documents that lie beside Envoy's dump, else all. */
function besideOf(dump: DecodedDocument | undefined, fromPilot: readonly DecodedDocument[]): DecodedDocument[] {
  const beside = fromPilot.filter(document => document.folder === dump?.folder);
  return inOrder(beside.length > 0 ? beside : fromPilot);
}
