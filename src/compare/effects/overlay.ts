import type { ResourceKind } from '../../decode/layout.js';
import { ProxyConfig } from '../../model/proxy.js';
import { ResourceLists } from '../../model/resource-lists.js';
import { keyOf } from '../drift/name.js';
import type { ResourcePair } from '../drift/pairs.js';
import type { Side } from '../drift/side.js';

/** The left side as if it had the right side's version of one resource: what that difference does by itself. */
export function withVersionOf(left: Side, { kind, key, right }: ResourcePair): ProxyConfig {
  const others = left.traced.all(kind).filter(resource => keyOf(kind, resource, left) !== key);
  const theirs = [right.active, right.warming, right.draining, right.error].filter(resource => resource !== null);
  return new OverlaidProxy(left.traced, kind, new ResourceLists([]).with([...others, ...theirs]));
}

class OverlaidProxy extends ProxyConfig {
  constructor(
    base: ProxyConfig,
    private readonly kind: ResourceKind,
    private readonly resources: ResourceLists,
  ) {
    super(base.name, base.documents);
  }

  /** While the base class reads its documents there is nothing laid over it yet. */
  protected override lists(kind: ResourceKind): ResourceLists {
    return kind === this.kind && this.resources !== undefined ? this.resources : super.lists(kind);
  }
}
