import type { ResourceKind } from '../../decode/layout.js';
import { ProxyConfig } from '../../model/proxy.js';
import type { Resource } from '../../model/resource.js';
import { ResourceLists } from '../../model/resource-lists.js';
import { keyOf } from '../drift/name.js';
import type { ResourcePair } from '../drift/pairs.js';
import type { Side } from '../drift/side.js';

/** The left side as if it had the right side's version of one resource: what that difference does by itself. */
export function withVersionOf(left: Side, { kind, key, right }: ResourcePair): ProxyConfig {
  const others = left.traced.all(kind).filter(resource => keyOf(kind, resource, left) !== key);
  const theirs = [right.active, right.warming, right.draining, right.error].filter(resource => resource !== null);
  return new OverlaidProxy(left.traced, kind, [...others, ...theirs]);
}

class OverlaidProxy extends ProxyConfig {
  private readonly replaced: ResourceLists;

  constructor(
    base: ProxyConfig,
    private readonly kind: ResourceKind,
    resources: readonly Resource[],
  ) {
    super(base.name, base.documents);
    this.replaced = new ResourceLists([], resources);
  }

  protected override lists(kind: ResourceKind): ResourceLists {
    return kind === this.kind ? this.replaced : super.lists(kind);
  }
}
