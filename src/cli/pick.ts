import { nodeHead } from '../model/node-head.js';
import { namesProxy } from '../model/select.js';
import type { NamedDocument } from './sources.js';

/** The documents to read now, and those that may be wanted later. */
export interface Picked {
  readonly now: readonly NamedDocument[];
  /** Documents of nobody in particular: only what they say of all, as a ztunnel does, is of use. */
  readonly ofNobody: readonly NamedDocument[];
  /** Documents of other proxies, by the address of the proxy. */
  readonly later: ReadonlyMap<string, readonly NamedDocument[]>;
}

interface Owned {
  readonly item: NamedDocument;
  /** `pod.namespace` where the beginning of the document or its place tells it. */
  readonly owner: string | null;
  readonly addresses: readonly string[];
}

/**
 * Leaves documents of other proxies than those that are named unread, by a look at their first bytes: a bug report holds
 * hundreds. What tells nothing goes with its folder; all are read where none can be told to be of a named proxy.
 * Throws SourceError.
 */
export async function pickDocuments(documents: readonly NamedDocument[], names: readonly string[]): Promise<Picked> {
  const all = { now: documents, ofNobody: [], later: new Map() };
  if (names.length === 0 || documents.length < 2) return all;
  const owned = withFolders(await Promise.all(documents.map(ownerOf)));
  const isOf = (owner: string | null, name: string) => owner !== null && namesProxy(owner, name);
  if (!names.every(name => owned.some(({ owner }) => isOf(owner, name)))) return all;
  const wanted = owned.filter(({ owner }) => names.some(name => isOf(owner, name)));
  const others = owned.filter(({ owner }) => owner !== null && !names.some(name => isOf(owner, name)));
  if (others.length === 0) return all;
  const ofNobody = owned.filter(({ owner }) => owner === null);
  return { now: wanted.map(itemOf), ofNobody: ofNobody.map(itemOf), later: byAddress(others) };
}

function itemOf({ item }: Owned): NamedDocument {
  return item;
}

async function ownerOf(item: NamedDocument): Promise<Owned> {
  const { document } = item;
  const head = nodeHead((await document.head()).toString('latin1'));
  return { item, owner: head?.name ?? document.proxyHint ?? null, addresses: head?.addresses ?? [] };
}

/** A document that tells nothing is of the only proxy that its folder tells of. */
function withFolders(documents: readonly Owned[]): Owned[] {
  const owners = new Map<string, Set<string>>();
  for (const { item, owner } of documents) {
    if (owner === null) continue;
    const { folder } = item.document;
    owners.set(folder, (owners.get(folder) ?? new Set()).add(owner));
  }
  return documents.map(document => {
    const [only, other] = owners.get(document.item.document.folder) ?? [];
    const isOnly = document.owner === null && only !== undefined && other === undefined;
    return isOnly ? { ...document, owner: only } : document;
  });
}

function byAddress(documents: readonly Owned[]): Map<string, NamedDocument[]> {
  const found = new Map<string, NamedDocument[]>();
  for (const { owner, addresses } of documents) {
    const own = documents.filter(document => document.owner === owner).map(itemOf);
    for (const address of addresses) found.set(address, own);
  }
  return found;
}
