import type { DecodedDocument } from '../decode/document.js';
import type { ResourceKind } from '../decode/layout.js';
import { type Node, nodeOf } from './node.js';
import { Resource } from './resource.js';
import { View } from './view.js';

/** How much of a kind of resource the documents hold. */
export type Completeness = 'complete' | 'partial' | 'absent';

/** One Envoy's configuration, merged from all documents about it. Names and indexes, no decisions. */
export class ProxyConfig {
  readonly node: Node | null;
  private readonly byKind = new Map<ResourceKind, Resource[]>();
  private readonly byName = new Map<ResourceKind, Map<string, Resource[]>>();
  private readonly serving = new Map<ResourceKind, readonly Resource[]>();
  private newest: string | null | undefined;
  private readonly completeness = new Map<ResourceKind, Completeness>();

  /** Documents in the order of preference: of each kind of resource, the first document that has it gives it. */
  constructor(
    /** `pod.namespace`, or the name of the document where nobody says. */
    readonly name: string,
    readonly documents: readonly DecodedDocument[],
  ) {
    for (const document of documents) this.add(document);
    const bootstrap = this.active('bootstrap').find(resource => resource.view.has('node'));
    this.node = bootstrap === undefined ? null : nodeOf(bootstrap.view);
    if (bootstrap !== undefined) this.addStatic(bootstrap);
  }

  /** All resources of a kind in document order, whatever their state. */
  all(kind: ResourceKind): readonly Resource[] {
    return this.byKind.get(kind) ?? [];
  }

  /** The resources of a kind that serve. */
  active(kind: ResourceKind): readonly Resource[] {
    let serving = this.serving.get(kind);
    if (serving === undefined) {
      serving = this.all(kind).filter(resource => resource.state === 'active');
      this.serving.set(kind, serving);
    }
    return serving;
  }

  /** The serving resource of a name; the first one where a name stands twice. */
  find(kind: ResourceKind, name: string): Resource | undefined {
    return this.named(kind, name).find(resource => resource.state === 'active');
  }

  /** Every resource of a name, in whatever state. */
  named(kind: ResourceKind, name: string): readonly Resource[] {
    let index = this.byName.get(kind);
    if (index === undefined) {
      index = indexByName(this.all(kind));
      this.byName.set(kind, index);
    }
    return index.get(name) ?? [];
  }

  /** Whether all, some or none of a kind of resource is known. */
  has(kind: ResourceKind): Completeness {
    return this.completeness.get(kind) ?? 'absent';
  }

  /** The newest `last_updated` of all resources, an RFC 3339 time; null where none has one. */
  get newestUpdate(): string | null {
    if (this.newest !== undefined) return this.newest;
    let newest: string | null = null;
    for (const resources of this.byKind.values()) {
      for (const { lastUpdated } of resources) {
        if (lastUpdated !== null && (newest === null || lastUpdated > newest)) newest = lastUpdated;
      }
    }
    this.newest = newest;
    return newest;
  }

  /** istioctl's lists hold what came by xDS only; the bootstrap has the rest. */
  private addStatic(bootstrap: Resource): void {
    this.serving.clear();
    for (const [kind, field] of STATIC_FIELDS) {
      if (this.all(kind).some(resource => resource.isStatic)) continue;
      const known = new Set(this.all(kind).map(resource => resource.name));
      const found = staticResources(bootstrap, kind, field).filter(resource => !known.has(resource.name));
      if (found.length > 0) this.byKind.set(kind, [...this.all(kind), ...found]);
    }
  }

  private add(document: DecodedDocument): void {
    for (const kind of document.kinds) {
      const known = this.has(kind);
      if (known === 'complete' || (known === 'partial' && document.broken !== null)) continue;
      const resources = document.entries
        .filter(entry => entry.kind === kind)
        .map(entry => new Resource(entry, document.name));
      const isCut = document.broken !== null && (document.broken.kind === kind || document.broken.kind === null);
      this.byKind.set(kind, resources);
      this.completeness.set(kind, isCut ? 'partial' : 'complete');
    }
  }
}

const STATIC_FIELDS: readonly (readonly [ResourceKind, string])[] = [
  ['listener', 'listeners'],
  ['cluster', 'clusters'],
  ['secret', 'secrets'],
];

function staticResources(bootstrap: Resource, kind: ResourceKind, field: string): Resource[] {
  const messages = bootstrap.view.get('static_resources')?.list(field) ?? [];
  return messages.map(({ value, pointer }) => {
    const view = new View(value, pointer);
    const addresses = [view.raw('address'), ...view.list('additional_addresses').map(item => item.value)].filter(
      address => address !== undefined,
    );
    const common = {
      kind,
      state: 'active',
      isStatic: true,
      versionInfo: null,
      lastUpdated: bootstrap.lastUpdated,
      errorDetails: null,
    } as const;
    return new Resource(
      { ...common, name: view.string('name') ?? null, pointer, message: value, addresses },
      bootstrap.document,
    );
  });
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
