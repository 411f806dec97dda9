import type { DecodedDocument } from '../decode/document.js';
import { isObject } from '../decode/json.js';
import type { ResourceKind } from '../decode/layout.js';
import { newestOf } from '../decode/newest.js';
import { addressOf, formatAddress } from './address.js';
import type { Messages } from './messages.js';
import { type Node, readNode } from './node.js';
import type { Resource } from './resource.js';
import { ResourceLists } from './resource-lists.js';
import { isStaticKind, staticResources } from './static-resources.js';
import { View } from './view.js';

/** How much of a kind of resource the documents hold. */
export type Completeness = 'complete' | 'partial' | 'absent';

/** One Envoy's configuration, merged from all documents about it. Names and indexes, no decisions. */
export class ProxyConfig {
  /** Who the proxy is; null where no document says. */
  readonly node: Node | null;
  private readonly byKind = new Map<ResourceKind, ResourceLists>();
  private newest: string | null = null;
  /** What holds the static resources, until somebody asks for such: of most proxies that are evidence for others nobody does. */
  private unreadBootstrap: Resource | undefined;
  private readonly completeness = new Map<ResourceKind, Completeness>();

  /**
   * Takes documents in the order of preference: of each kind of resource, the first document that has them all gives it;
   * where none has, all documents together do.
   */
  constructor(
    /** `pod.namespace`, or the name of the document or folder where nobody says. */
    readonly name: string,
    readonly documents: readonly DecodedDocument[],
    /** Those of other proxies as well, where there are others. */
    private readonly messages: Messages | null = null,
  ) {
    for (const document of documents) this.add(document);
    const bootstraps = this.all('bootstrap');
    const nodes = bootstraps.map(bootstrap => bootstrap.part('node'));
    const own = nodes.findIndex(node => node !== undefined);
    this.node = own < 0 ? nodeOfClient(documents) : readNode(nodes[own]);
    this.unreadBootstrap = bootstraps[Math.max(0, own)];
  }

  /** All resources of a kind in document order, whatever their state. */
  all(kind: ResourceKind): readonly Resource[] {
    return this.lists(kind).all;
  }

  /** The resources of a kind that serve. */
  active(kind: ResourceKind): readonly Resource[] {
    return this.lists(kind).active;
  }

  /** The serving resource of a name; the first one where a name stands twice. */
  find(kind: ResourceKind, name: string): Resource | undefined {
    return this.named(kind, name).find(resource => resource.state === 'active');
  }

  /** Every resource of a name, in whatever state. */
  named(kind: ResourceKind, name: string): readonly Resource[] {
    return this.lists(kind).named(name);
  }

  /** Every resource whose name holds a text; quick as long as few are asked for. */
  containing(kind: ResourceKind, text: string): readonly Resource[] {
    return this.lists(kind).containing(text);
  }

  /** Whether all, some or none of a kind of resource is known: only where it is `complete`, what is not there does not exist. */
  has(kind: ResourceKind): Completeness {
    const completeness = this.completeness.get(kind) ?? 'absent';
    return completeness === 'complete' && this.lists(kind).isDamaged ? 'partial' : completeness;
  }

  /** Whether one of the entries that were read is no JSON. */
  get isDamaged(): boolean {
    for (const lists of this.byKind.values()) if (lists.isDamaged) return true;
    return false;
  }

  /** What a reader should know of entries that turned out, when they were read, to be no JSON. */
  get damage(): string[] {
    const damaged = [...this.byKind].filter(([, lists]) => lists.isDamaged);
    return damaged.flatMap(([kind, lists]) =>
      lists.damaged.map(
        name => `${name}: an entry in its ${kind} section is not JSON, so that not all of them are known`,
      ),
    );
  }

  /** Whether its name is that of a pod, against one that was made up from the names of its documents. */
  get isPodKnown(): boolean {
    return (this.node?.pod ?? null) !== null || this.documents.some(({ proxyHint }) => proxyHint === this.name);
  }

  /** The newest `last_updated` of all resources, an RFC 3339 time; null where none has one. */
  get newestUpdate(): string | null {
    this.newest ??= newestOf([...this.byKind.values()].map(lists => lists.newestUpdate()));
    return this.newest;
  }

  /** The resources of a kind; none where no document has a section for it. */
  protected lists(kind: ResourceKind): ResourceLists {
    const bootstrap = this.unreadBootstrap;
    if (bootstrap !== undefined && isStaticKind(kind)) {
      this.unreadBootstrap = undefined;
      this.addStatic(bootstrap);
    }
    return this.byKind.get(kind) ?? NONE;
  }

  private add(document: DecodedDocument): void {
    const { name, kinds, partial, lists } = document;
    for (const kind of kinds) {
      if (this.completeness.get(kind) === 'complete') continue;
      const isPartial = partial.has(kind) || isCut(document, kind);
      const own = lists.filter(list => list.kind === kind).map(list => ({ list, document: name }));
      const found = new ResourceLists(own, [], this.messages);
      const known = this.byKind.get(kind);
      this.byKind.set(kind, isPartial && known !== undefined ? known.with(unknown(known, found.all)) : found);
      this.completeness.set(kind, isPartial ? 'partial' : 'complete');
    }
  }

  /** The bootstrap has what came before xDS, which a list may lack. */
  private addStatic(bootstrap: Resource): void {
    for (const [kind, resources] of staticResources(bootstrap)) {
      const known = this.byKind.get(kind) ?? NONE;
      if (resources.length > 0 && !known.hasStatic) this.byKind.set(kind, known.with(unknown(known, resources)));
    }
  }
}

const NONE = new ResourceLists([]);

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

/** Those of some more resources that are not known yet. */
function unknown(known: ResourceLists, more: readonly Resource[]): readonly Resource[] {
  const keys = new Set(known.all.map(keyOf));
  return more.filter(resource => !keys.has(keyOf(resource)));
}

/** Names tell resources apart, but listeners need none: of two with one address Envoy takes one only. */
function keyOf({ kind, name, state, addresses }: Resource): string {
  const bound = addresses.map(address => formatAddress(addressOf(address))).join(' ');
  return `${state} ${kind === 'listener' ? bound || name : name}`;
}
