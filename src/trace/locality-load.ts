import type { Host } from '../model/hosts.js';
import type { PriorityLevel } from './priority-load.js';

/** Some hosts of a priority, as indices, and their part of its requests. */
interface LocalityPart {
  readonly members: readonly number[];
  readonly part: number;
}

/**
 * Locality weighted load balancing: each locality counts with its weight times the part of its hosts that is eligible, raised by the
 * overprovisioning factor and at most 1. Without any weight localities do not count.
 * https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/upstream/load_balancing/locality_weight
 */
export function localityParts(
  hosts: readonly Host[],
  level: PriorityLevel,
  eligible: readonly number[],
  byAvailability: boolean,
): LocalityPart[] {
  const localities = [...new Set(level.members.map(i => hosts[i]?.locality ?? ''))];
  const groups = localities.map(locality => {
    const within = (list: readonly number[]) => list.filter(i => (hosts[i]?.locality ?? '') === locality);
    const all = within(level.members);
    const members = within(eligible);
    const counted = all.length - within(level.excluded).length;
    const available = byAvailability ? (level.overprovisioningFactor / 100) * (members.length / (counted || 1)) : 1;
    const weight = hosts[all[0] ?? 0]?.localityWeight ?? 0;
    return { members, weight: members.length === 0 || counted === 0 ? 0 : weight * Math.min(1, available) };
  });
  const total = groups.reduce((sum, { weight }) => sum + weight, 0);
  if (total === 0) return [{ members: eligible, part: 1 }];
  return groups.map(({ members, weight }) => ({ members, part: weight / total }));
}
