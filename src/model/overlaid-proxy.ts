import type { ResourceKind } from '../decode/layout.js';
import { type Completeness, ProxyConfig } from './proxy.js';
import type { Resource } from './resource.js';
import { ResourceLists } from './resource-lists.js';

/** All resources of some kinds, to stand in the place of those that documents hold. */
export type Overlays = ReadonlyMap<ResourceKind, readonly Resource[]>;

/** A proxy that has other resources of some kinds than its documents hold. */
class OverlaidProxy extends ProxyConfig {
  private readonly laid: ReadonlyMap<ResourceKind, ResourceLists>;

  constructor(
    readonly base: ProxyConfig,
    readonly overlays: Overlays,
  ) {
    super(base.name, base.documents);
    this.laid = new Map([...overlays].map(([kind, resources]) => [kind, new ResourceLists([]).with(resources)]));
  }

  /** A kind that no document shows is known as a whole once it is laid over. */
  override has(kind: ResourceKind): Completeness {
    const completeness = this.base.has(kind);
    return completeness === 'absent' && this.laid.has(kind) ? 'complete' : completeness;
  }

  /** While the base class reads its documents there is nothing laid over it yet. */
  protected override lists(kind: ResourceKind): ResourceLists {
    return this.laid?.get(kind) ?? super.lists(kind);
  }
}

/** A proxy with the resources of some kinds exchanged; what is laid over it already stays. */
export function overlaid(base: ProxyConfig, overlays: Overlays): ProxyConfig {
  if (!(base instanceof OverlaidProxy)) return new OverlaidProxy(base, overlays);
  return new OverlaidProxy(base.base, new Map([...base.overlays, ...overlays]));
}
