import type { DecodedDocument } from '../decode/document.js';
import { nodeOf } from './node.js';
import { ProxyConfig } from './proxy.js';
import { isObject, View } from './view.js';
import { type Workload, workloadsOf } from './workload.js';

/** All proxies that were read, and Pilot's side of them. */
export interface Snapshot {
  readonly proxies: readonly ProxyConfig[];
  /** What Pilot or istiod would send, by the name of the proxy. */
  readonly pilot: ReadonlyMap<string, ProxyConfig>;
  /** Workloads that a ztunnel's dump knows, by IP. */
  readonly workloads: ReadonlyMap<string, Workload>;
}

/**
 * Groups documents by proxy: by the node id in the bootstrap, by what the place of the document says, else by folder.
 * Pilot's documents are kept apart, unless they are all that is known of a proxy.
 */
export function snapshotOf(documents: readonly DecodedDocument[]): Snapshot {
  const envoy = new Map<string, DecodedDocument[]>();
  const pilot = new Map<string, DecodedDocument[]>();
  const ofZtunnel = documents.filter(({ form }) => form === 'ztunnel');
  for (const [name, group] of groupByName(documents.filter(({ form }) => form !== 'ztunnel'))) {
    const fromPilot = group.filter(isPilotDocument);
    const fromEnvoy = group.filter(document => !fromPilot.includes(document));
    if (fromEnvoy.length > 0) envoy.set(name, fromEnvoy);
    if (fromPilot.length > 0) pilot.set(name, fromPilot);
    if (fromEnvoy.length === 0 && fromPilot.length > 0) envoy.set(name, fromPilot);
  }
  const proxies = [...envoy].map(([name, group]) => new ProxyConfig(name, byPreference(group)));
  const pilotSides = [...pilot].map(([name, group]) => [name, new ProxyConfig(name, byPreference(group))] as const);
  proxies.sort((a, b) => (a.name < b.name ? -1 : 1));
  return { proxies, pilot: new Map(pilotSides), workloads: workloadsOf(ofZtunnel) };
}

/** Pilot's `/debug/config_dump`: camelCase, without a node and without the times at which Envoy took each resource. */
export function isPilotDocument(document: DecodedDocument): boolean {
  if (document.form !== 'config_dump' || nodeName(document) !== null) return false;
  const resources = document.entries.filter(entry => entry.kind !== 'bootstrap');
  if (resources.length === 0) return false;
  return (
    resources.every(entry => entry.lastUpdated === null) &&
    resources.some(entry => /\/(dynamic|static)[A-Z]/.test(entry.pointer))
  );
}

function groupByName(documents: readonly DecodedDocument[]): Map<string, DecodedDocument[]> {
  const groups = new Map<string, DecodedDocument[]>();
  const add = (name: string, document: DecodedDocument) => {
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [document]);
    else group.push(document);
  };
  for (const [folder, members] of groupByFolder(documents)) {
    const named = members.map(document => ({ document, name: nodeName(document) ?? document.proxyHint }));
    const names = new Set(named.flatMap(({ name }) => (name === null ? [] : [name])));
    const only = names.size === 1 ? [...names][0] : undefined;
    for (const { document, name } of named) add(name ?? only ?? nameless(document, folder, members, names), document);
  }
  return groups;
}

function groupByFolder(documents: readonly DecodedDocument[]): Map<string, DecodedDocument[]> {
  const folders = new Map<string, DecodedDocument[]>();
  for (const document of documents) {
    const members = folders.get(document.folder);
    if (members === undefined) folders.set(document.folder, [document]);
    else members.push(document);
  }
  return folders;
}

/** A document that names no proxy belongs to the one whose name its file name holds, to its folder, or to itself. */
function nameless(
  document: DecodedDocument,
  folder: string,
  members: readonly DecodedDocument[],
  names: ReadonlySet<string>,
): string {
  const owners = [...names].filter(
    name => document.name.includes(name) || document.name.includes(name.split('.')[0] ?? name),
  );
  if (owners.length === 1 && owners[0] !== undefined) return owners[0];
  const isAlone = members.length > 1 && names.size === 0 && members.filter(isWhole).length <= 1;
  return isAlone ? (folder.split('/').at(-1) ?? folder) || document.name : stem(document.name);
}

function isWhole(document: DecodedDocument): boolean {
  return document.form === 'config_dump' || document.form === 'csds';
}

function stem(name: string): string {
  return (name.split('/').at(-1) ?? name).replace(/\.(json|ya?ml|txt)?(\.gz)?$/, '');
}

/** `pod.namespace` of the bootstrap's node, or its id where it is not Istio's. */
function nodeName(document: DecodedDocument): string | null {
  for (const entry of document.entries) {
    if (entry.kind !== 'bootstrap' || !isObject(entry.message)) continue;
    const node = nodeOf(new View(entry.message, entry.pointer));
    if (node !== null) return node.pod !== null && node.namespace !== null ? `${node.pod}.${node.namespace}` : node.id;
  }
  return null;
}

/** Whole dumps before istioctl's lists, dumps with endpoints first, whole files before broken ones. */
function byPreference(documents: readonly DecodedDocument[]): DecodedDocument[] {
  const rank = (document: DecodedDocument) =>
    (document.broken === null ? 0 : 8) +
    (document.form === 'config_dump' ? 0 : 4) +
    (document.kinds.has('endpoint') ? 0 : 2) +
    (document.kinds.has('bootstrap') ? 0 : 1);
  return [...documents].sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1));
}
