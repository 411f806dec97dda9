import { groupedBy } from '../../model/grouped-by.js';
import type { Resource } from '../../model/resource.js';
import type { DriftKind, DriftMode } from './difference.js';
import { keyOf } from './name.js';
import { relevantResources } from './relevant.js';
import type { Side } from './side.js';

/** All versions of one resource on one side. */
export interface Versions {
  readonly active: Resource | null;
  readonly warming: Resource | null;
  readonly draining: Resource | null;
  /** The update that Envoy rejected. */
  readonly error: Resource | null;
}

/** One resource on both sides. */
export interface ResourcePair {
  readonly kind: DriftKind;
  readonly key: string;
  /** As Envoy has it, where it does. */
  readonly name: string;
  readonly left: Versions;
  readonly right: Versions;
}

/** All resources of a kind, by name, in the order in which they stand: the left side's first. */
export function pairsOf(kind: DriftKind, left: Side, right: Side, mode: DriftMode): ResourcePair[] {
  const relevant = relevantResources(kind, left, right, mode);
  const onLeft = byKey(kind, relevant.left, left);
  const onRight = byKey(kind, relevant.right, right);
  return [...new Set([...onLeft.keys(), ...onRight.keys()])].map(key => {
    const [ours, theirs] = [onLeft.get(key) ?? [], onRight.get(key) ?? []];
    const name = theirs.find(({ name }) => name !== null)?.name ?? ours.find(({ name }) => name !== null)?.name ?? key;
    return { kind, key, name, left: versionsOf(ours), right: versionsOf(theirs) };
  });
}

function byKey(kind: DriftKind, resources: readonly Resource[], side: Side): Map<string, Resource[]> {
  return groupedBy(resources, resource => keyOf(kind, resource, side));
}

function versionsOf(resources: readonly Resource[]): Versions {
  const of = (state: Resource['state']) => resources.find(resource => resource.state === state) ?? null;
  return { active: of('active'), warming: of('warming'), draining: of('draining'), error: of('error') };
}
