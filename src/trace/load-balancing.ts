import type { Host } from '../model/hosts.js';
import { localityParts } from './locality-load.js';
import { percent } from './percent.js';
import { type PriorityLevel, type PriorityLoad, panicking, priorityLoads } from './priority-load.js';

/** How a cluster spreads its requests. */
export interface Balance {
  /** Each host's part of the requests, 0 to 1, in the order of the hosts. */
  readonly shares: readonly number[];
  /** Part of the requests for which no host is found: Envoy answers 503 UH. */
  readonly refused: number;
  /** Whether a request with this random value is among the refused. */
  readonly isRefusedFor: (random: number) => boolean;
  /** Priorities in panic mode: health is ignored there. */
  readonly panicking: readonly number[];
  /** No host can be picked at all. */
  readonly isEmpty: boolean;
  readonly why: string;
  /** Why the refused part finds no host; null where there is none. */
  readonly whyRefused: string | null;
}

export interface BalanceSettings {
  /** Percent, 0 to 100; 50 unless set. */
  readonly panicThreshold: number;
  readonly failTrafficOnPanic: boolean;
  /** Percent, 140 unless set. */
  readonly overprovisioningFactor: number;
  /** Priorities count by the weight of their healthy hosts. */
  readonly weightedPriorityHealth: boolean;
  /** Localities count by weight: with the part of their hosts that is healthy, or (`hashed`) by their weight alone. */
  readonly localities: 'unweighted' | 'weighted' | 'hashed';
}

/** One cluster's hosts, a member's where an aggregate cluster leads to several. */
export interface BalancedCluster {
  readonly hosts: readonly Host[];
  readonly settings: BalanceSettings;
}

/**
 * Envoy's load balancing by priority with overprovisioning and panic mode. The priorities of several clusters, an aggregate's members, stand
 * behind one another; `panicThreshold` is then the aggregate's own, and each member decides by its own settings whether it ignores health.
 * https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/upstream/load_balancing/panic_threshold,
 * https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/upstream/aggregate_cluster
 */
export function balance(clusters: readonly BalancedCluster[], panicThreshold: number): Balance {
  const hosts = clusters.flatMap(cluster => cluster.hosts);
  const levels = clusters.flatMap((cluster, i) => levelsOf(cluster, offsetOf(clusters, i)));
  if (hosts.length === 0) return nobody(hosts, 'the cluster has no endpoints', []);
  const loads = priorityLoads(levels, panicThreshold);
  const shares = hosts.map(() => 0);
  const panics = levels.flatMap(({ isPanicking }, i) => (isPanicking ? [i] : []));
  for (const [i, level] of levels.entries()) {
    if (!refuses(level)) spread(shares, hosts, level, loads[i] ?? { healthy: 0, degraded: 0 });
  }
  const taken = shares.reduce((total, share) => total + share, 0);
  const whyRefused = taken > 0.9999 ? null : whyNobody(levels, loads, panicThreshold);
  if (taken === 0) return nobody(hosts, whyRefused ?? 'no endpoint can be used', panics);
  const priorities = panics.filter(i => {
    const level = levels[i];
    return level !== undefined && !refuses(level) && (loads[i]?.healthy ?? 0) + (loads[i]?.degraded ?? 0) > 0;
  });
  return {
    shares,
    refused: whyRefused === null ? 0 : 1 - taken,
    isRefusedFor: random => isRefusedFor(levels, loads, random),
    panicking: priorities,
    isEmpty: false,
    why: describe(hosts, priorities.length > 0) + describeLoads(levels, loads, clusters.length > 1),
    whyRefused,
  };
}

function nobody(hosts: readonly Host[], why: string, panics: readonly number[]): Balance {
  return {
    shares: hosts.map(() => 0),
    refused: 1,
    isRefusedFor: () => true,
    panicking: panics,
    isEmpty: true,
    why,
    whyRefused: why,
  };
}

function refuses({ isPanicking, settings }: Level): boolean {
  return isPanicking && settings.failTrafficOnPanic;
}

/** Envoy takes the random value's remainder by 100 along the healthy loads, then along the degraded ones. */
function isRefusedFor(levels: readonly Level[], loads: readonly PriorityLoad[], random: number): boolean {
  const picks = [
    ...levels.map((level, i) => ({ level, load: loads[i]?.healthy ?? 0, hosts: level.healthy })),
    ...levels.map((level, i) => ({ level, load: loads[i]?.degraded ?? 0, hosts: level.degraded })),
  ];
  let left = (random % 100) + 1;
  const picked = picks.find(({ load }) => {
    left -= load;
    return left <= 0;
  });
  if (picked === undefined) return false;
  const { level, hosts } = picked;
  return refuses(level) || (!level.isPanicking && hosts.length === 0);
}

interface Level extends PriorityLevel {
  readonly priority: number;
  readonly settings: BalanceSettings;
  readonly isPanicking: boolean;
}

function offsetOf(clusters: readonly BalancedCluster[], index: number): number {
  return clusters.slice(0, index).reduce((total, { hosts }) => total + hosts.length, 0);
}

/** A cluster's priorities; those without hosts between others get no load and count for nothing. */
function levelsOf({ hosts, settings }: BalancedCluster, offset: number): Level[] {
  const priorities = [...new Set(hosts.map(host => host.priority))].sort((a, b) => a - b);
  const levels = priorities.map(priority => {
    const members = hosts.flatMap((host, i) => (host.priority === priority ? [offset + i] : []));
    const withHealth = (health: string) => members.filter(i => hosts[i - offset]?.health === health);
    return {
      priority,
      settings,
      members,
      healthy: withHealth('healthy'),
      degraded: withHealth('degraded'),
      excluded: withHealth('excluded'),
      overprovisioningFactor: settings.overprovisioningFactor,
      weightOf: (i: number) => (settings.weightedPriorityHealth ? (hosts[i - offset]?.weight ?? 1) : 1),
    };
  });
  const panics = panicking(levels, settings.panicThreshold);
  return levels.map((level, i) => ({ ...level, isPanicking: panics[i] === true }));
}

/** In panic every host counts, whatever its health and locality. */
function spread(shares: number[], hosts: readonly Host[], level: Level, load: PriorityLoad): void {
  const { isPanicking, settings } = level;
  for (const [eligible, part] of [
    [level.healthy, load.healthy],
    [level.degraded, load.degraded],
  ] as const) {
    const parts =
      isPanicking || settings.localities === 'unweighted'
        ? [{ members: isPanicking ? level.members : eligible, part: 1 }]
        : localityParts(hosts, level, eligible, settings.localities === 'weighted');
    for (const group of parts) {
      const total = group.members.reduce((sum, i) => sum + (hosts[i]?.weight ?? 1), 0);
      for (const i of group.members)
        shares[i] = (shares[i] ?? 0) + ((part / 100) * group.part * (hosts[i]?.weight ?? 1)) / (total || 1);
    }
  }
}

function whyNobody(levels: readonly Level[], loads: readonly PriorityLoad[], panicThreshold: number): string {
  const isFailing = levels.some(
    (level, i) => refuses(level) && (loads[i]?.healthy ?? 0) + (loads[i]?.degraded ?? 0) > 0,
  );
  if (isFailing) return 'too few endpoints are healthy, and fail_traffic_on_panic refuses all';
  const isNoneHealthy = levels.every(({ healthy, degraded }) => healthy.length + degraded.length === 0);
  return isNoneHealthy && panicThreshold === 0
    ? 'no endpoint is healthy and the panic threshold is 0'
    : 'no endpoint can be used';
}

function describe(hosts: readonly Host[], isPanic: boolean): string {
  const bad = hosts.filter(host => host.health !== 'healthy').length;
  if (hosts.length === 1) {
    if (isPanic) return 'panic mode: the only endpoint is not healthy, so health is ignored and it is used';
    return bad === 0 ? 'the only endpoint is healthy' : 'the only endpoint is degraded, and used as there is no better';
  }
  if (isPanic)
    return `panic mode: ${bad} of ${hosts.length} endpoints are not healthy, so health is ignored and all are used`;
  if (bad > 0) return `healthy endpoints: ${hosts.length - bad} of ${hosts.length}`;
  return hosts.length === 2 ? 'both endpoints are healthy' : `all ${hosts.length} endpoints are healthy`;
}

/** Said where endpoints stand on several priorities, or in several clusters. */
function describeLoads(levels: readonly Level[], loads: readonly PriorityLoad[], isAggregate: boolean): string {
  if (levels.length === 1) return '';
  const parts = levels.flatMap(({ priority }, i) => {
    const load = (loads[i]?.healthy ?? 0) + (loads[i]?.degraded ?? 0);
    const name = isAggregate ? `level ${i} (priority ${priority} of its cluster)` : `priority ${priority}`;
    return load === 0 ? [] : [`${name} gets ${load === 100 ? 'all requests' : percent(load / 100)}`];
  });
  return `; ${parts.join(', ')}`;
}
