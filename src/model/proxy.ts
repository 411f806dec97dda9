import type { DecodedDocument } from '../decode/document.js';
import type { ResourceKind } from '../decode/layout.js';
import { addressOf, formatAddress } from './address.js';
import { type Node, nodeOf, readNode } from './node.js';
import { Resource } from './resource.js';
import { staticResources } from './static-resources.js';
import { isObject, View } from './view.js';

/** How much of a kind of resource the documents hold. */
export type Completeness = 'complete' | 'partial' | 'absent';

/** One Envoy's configuration, merged from all documents about it. Names and indexes, no decisions. */
export class ProxyConfig {
  /** Who the proxy is; null where no document says. */
  readonly node: Node | null;
  private readonly byKind = new Map<ResourceKind, readonly Resource[]>();
  private readonly byName = new Map<ResourceKind, ReadonlyMap<string, readonly Resource[]>>();
  private readonly serving = new Map<ResourceKind, readonly Resource[]>();
  private newest: string | null = null;
  private readonly completeness = new Map<ResourceKind, Completeness>();

  /**
   * Takes documents in the order of preference: of each kind of resource, the first document that has them all gives it;
   * where none has, all documents together do.
   */
  constructor(
    /** `pod.namespace`, or the name of the document or folder where nobody says. */
    readonly name: string,
    readonly documents: readonly DecodedDocument[],
  ) {
    for (const document of documents) this.add(document);
    const bootstraps = this.all('bootstrap');
    const withNode = bootstraps.find(({ view }) => view.has('node'));
    this.node = withNode === undefined ? nodeOfClient(documents) : nodeOf(withNode.view);
    const bootstrap = withNode ?? bootstraps[0];
    if (bootstrap !== undefined) this.addStatic(bootstrap);
  }

  /** All resources of a kind in document order, whatever their state. */
  all(kind: ResourceKind): readonly Resource[] {
    return this.byKind.get(kind) ?? [];
  }

  /** The resources of a kind that serve. */
  active(kind: ResourceKind): readonly Resource[] {
    return remembered(this.serving, kind, () => this.all(kind).filter(({ state }) => state === 'active'));
  }

  /** The serving resource of a name; the first one where a name stands twice. */
  find(kind: ResourceKind, name: string): Resource | undefined {
    return this.named(kind, name).find(resource => resource.state === 'active');
  }

  /** Every resource of a name, in whatever state. */
  named(kind: ResourceKind, name: string): readonly Resource[] {
    return remembered(this.byName, kind, () => indexByName(this.all(kind))).get(name) ?? [];
  }

  /** Whether all, some or none of a kind of resource is known: only where it is `complete`, what is not there does not exist. */
  has(kind: ResourceKind): Completeness {
    return this.completeness.get(kind) ?? 'absent';
  }

  /** The newest `last_updated` of all resources, an RFC 3339 time; null where none has one. */
  get newestUpdate(): string | null {
    this.newest ??= newestOf([...this.byKind.values()].flat());
    return this.newest;
  }

  private add(document: DecodedDocument): void {
    for (const kind of document.kinds) {
      if (this.has(kind) === 'complete') continue;
      const isPartial = document.partial.has(kind) || isCut(document, kind);
      const found = document.entries
        .filter(entry => entry.kind === kind)
        .map(entry => new Resource(entry, document.name));
      this.byKind.set(kind, isPartial ? withMore(this.all(kind), found) : found);
      this.completeness.set(kind, isPartial ? 'partial' : 'complete');
    }
  }

  /** The bootstrap has what came before xDS, which a list may lack. */
  private addStatic(bootstrap: Resource): void {
    for (const [kind, resources] of staticResources(bootstrap)) {
      if (this.all(kind).some(resource => resource.isStatic)) continue;
      this.byKind.set(kind, withMore(this.all(kind), resources));
    }
  }
}

/** The newest `last_updated` of resources or entries, as it stands there; null where none has one. */
export function newestOf(resources: readonly { readonly lastUpdated: string | null }[]): string | null {
  let newest: string | null = null;
  for (const { lastUpdated } of resources) {
    if (lastUpdated !== null && (newest === null || Date.parse(lastUpdated) > Date.parse(newest))) newest = lastUpdated;
  }
  return newest;
}

function nodeOfClient(documents: readonly DecodedDocument[]): Node | null {
  for (const { node } of documents) {
    if (isObject(node)) return readNode(new View(node, ''));
  }
  return null;
}

/** Whether a document breaks off in the section for a kind, or nobody knows in which. */
function isCut({ broken }: DecodedDocument, kind: ResourceKind): boolean {
  return broken !== null && (broken.kind === kind || broken.kind === null);
}

/** Adds resources that are not known yet. */
function withMore(known: readonly Resource[], more: readonly Resource[]): readonly Resource[] {
  const keys = new Set(known.map(keyOf));
  return [...known, ...more.filter(resource => !keys.has(keyOf(resource)))];
}

/** Names tell resources apart, but listeners need none: of two with one address Envoy takes one only. */
function keyOf({ kind, name, state, addresses }: Resource): string {
  const bound = addresses.map(address => formatAddress(addressOf(address))).join(' ');
  return `${state} ${kind === 'listener' ? bound || name : name}`;
}

function indexByName(resources: readonly Resource[]): Map<string, Resource[]> {
  const index = new Map<string, Resource[]>();
  for (const resource of resources) {
    if (resource.name === null) continue;
    const same = index.get(resource.name);
    if (same === undefined) index.set(resource.name, [resource]);
    else same.push(resource);
  }
  return index;
}

function remembered<K, V>(cache: Map<K, V>, key: K, compute: () => V): V {
  let value = cache.get(key);
  if (value === undefined) {
    value = compute();
    cache.set(key, value);
  }
  return value;
}
