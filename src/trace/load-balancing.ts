import type { Host } from '../model/hosts.js';
import { percent } from './percent.js';

/** How a cluster spreads its requests. */
export interface Balance {
  /** Each host's part of the requests, 0 to 1, in the order of the hosts. */
  readonly shares: readonly number[];
  /** Priorities in panic mode: health is ignored there. */
  readonly panicking: readonly number[];
  /** No host can be picked: Envoy answers 503 UH. */
  readonly isEmpty: boolean;
  readonly why: string;
}

export interface BalanceSettings {
  /** Percent, 0 to 100; 50 unless set. */
  readonly panicThreshold: number;
  readonly failTrafficOnPanic: boolean;
  /** Percent, 140 unless set. */
  readonly overprovisioningFactor: number;
  /** `locality_weighted_lb_config` is set: localities count by weight. */
  readonly byLocalityWeight: boolean;
}

interface PriorityLevel {
  readonly priority: number;
  readonly members: readonly number[];
  readonly healthy: readonly number[];
  readonly degraded: readonly number[];
  /** Hosts without the excluded ones. */
  readonly counted: number;
}

/**
 * Envoy's load balancing by priority with overprovisioning and panic mode.
 * https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/upstream/load_balancing/priority,
 * https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/upstream/load_balancing/panic_threshold
 */
export function balance(hosts: readonly Host[], settings: BalanceSettings): Balance {
  const levels = levelsOf(hosts);
  if (levels.length === 0) return { shares: [], panicking: [], isEmpty: true, why: 'the cluster has no endpoints' };
  const healthyPercent = levels.map(level => available(level.healthy.length, level, settings));
  const degradedPercent = levels.map(level => available(level.degraded.length, level, settings));
  const total = Math.min(100, sum(healthyPercent) + sum(degradedPercent));
  if (total === 0 && settings.panicThreshold === 0) {
    return {
      shares: hosts.map(() => 0),
      panicking: [],
      isEmpty: true,
      why: 'no endpoint is healthy and the panic threshold is 0',
    };
  }
  const panicking = total === 100 ? [] : levels.filter(level => inPanic(level, settings));
  const names = panicking.map(level => level.priority);
  if (panicking.length > 0 && settings.failTrafficOnPanic) {
    return {
      shares: hosts.map(() => 0),
      panicking: names,
      isEmpty: true,
      why: 'too few endpoints are healthy, and fail_traffic_on_panic refuses all',
    };
  }
  const shares = hosts.map(() => 0);
  const loads =
    panicking.length === levels.length ? loadInTotalPanic(levels) : loadByPriority(healthyPercent, degradedPercent);
  for (const [index, level] of levels.entries()) {
    const load = loads[index] ?? { healthy: 0, degraded: 0 };
    const isPanic = panicking.includes(level);
    spread(shares, hosts, isPanic ? level.members : level.healthy, load.healthy, settings);
    spread(shares, hosts, isPanic ? level.members : level.degraded, load.degraded, settings);
  }
  const isEmpty = shares.every(share => share === 0);
  const why = isEmpty ? 'no endpoint can be used' : describe(hosts, names) + describeLoads(levels, loads);
  return { shares, panicking: names, isEmpty, why };
}

function levelsOf(hosts: readonly Host[]): PriorityLevel[] {
  const priorities = [...new Set(hosts.map(host => host.priority))].sort((a, b) => a - b);
  return priorities.map(priority => {
    const members = hosts.flatMap((host, i) => (host.priority === priority ? [i] : []));
    const withHealth = (health: string) => members.filter(i => hosts[i]?.health === health);
    return {
      priority,
      members,
      healthy: withHealth('healthy'),
      degraded: withHealth('degraded'),
      counted: members.length - withHealth('excluded').length,
    };
  });
}

function available(count: number, level: PriorityLevel, { overprovisioningFactor }: BalanceSettings): number {
  return level.counted === 0 ? 0 : Math.min(100, Math.floor((overprovisioningFactor * count) / level.counted));
}

function inPanic(level: PriorityLevel, { panicThreshold }: BalanceSettings): boolean {
  const usable = level.healthy.length + level.degraded.length;
  const percent = level.counted === 0 ? 0 : (100 * usable) / level.counted;
  return percent < panicThreshold;
}

interface Load {
  readonly healthy: number;
  readonly degraded: number;
}

/** Healthy hosts of all priorities come first, then degraded ones; what is missing to 100 is scaled up. */
function loadByPriority(healthy: readonly number[], degraded: readonly number[]): Load[] {
  const total = Math.min(100, sum(healthy) + sum(degraded));
  let left = 100;
  const take = (percent: number) => {
    const part = total === 0 ? 0 : Math.min(left, Math.round((percent * 100) / total));
    left -= part;
    return part;
  };
  const first = healthy.map(take);
  const second = degraded.map(take);
  const loads = first.map((part, i) => ({ healthy: part, degraded: second[i] ?? 0 }));
  const largest = loads.findIndex(load => load.healthy + load.degraded > 0);
  return loads.map((load, i) => ({
    healthy: (load.healthy + (i === largest && load.healthy > 0 ? left : 0)) / 100,
    degraded: load.degraded / 100,
  }));
}

/** With every priority in panic, each gets load by its number of hosts. */
function loadInTotalPanic(levels: readonly PriorityLevel[]): Load[] {
  const total = sum(levels.map(level => level.members.length));
  return levels.map(level => ({ healthy: level.members.length / total, degraded: 0 }));
}

function spread(
  shares: number[],
  hosts: readonly Host[],
  members: readonly number[],
  load: number,
  { byLocalityWeight }: BalanceSettings,
): void {
  if (load === 0 || members.length === 0) return;
  const localities = byLocalityWeight ? new Set(members.map(i => hosts[i]?.locality ?? '')) : new Set(['']);
  const weightOf = (i: number) => hosts[i]?.weight ?? 1;
  const groups = [...localities].map(locality => {
    const own = byLocalityWeight ? members.filter(i => (hosts[i]?.locality ?? '') === locality) : [...members];
    return { own, weight: byLocalityWeight ? (hosts[own[0] ?? 0]?.localityWeight ?? 0) : 1 };
  });
  const total = sum(groups.map(group => group.weight));
  for (const { own, weight } of groups) {
    const part = total === 0 ? 1 / groups.length : weight / total;
    const weights = sum(own.map(weightOf));
    for (const i of own) shares[i] = (shares[i] ?? 0) + (load * part * weightOf(i)) / (weights || 1);
  }
}

function describe(hosts: readonly Host[], panicking: readonly number[]): string {
  const bad = hosts.filter(host => host.health !== 'healthy').length;
  if (hosts.length === 1)
    return panicking.length > 0
      ? 'panic mode: the only endpoint is not healthy, so health is ignored and it is used'
      : 'the only endpoint is healthy';
  if (panicking.length > 0)
    return `panic mode: ${bad} of ${hosts.length} endpoints are not healthy, so health is ignored and all are used`;
  if (bad > 0) return `healthy endpoints: ${hosts.length - bad} of ${hosts.length}`;
  return hosts.length === 2 ? 'both endpoints are healthy' : `all ${hosts.length} endpoints are healthy`;
}

/** Said where endpoints stand on several priorities. */
function describeLoads(levels: readonly PriorityLevel[], loads: readonly Load[]): string {
  if (levels.length === 1) return '';
  const parts = levels.flatMap(({ priority }, i) => {
    const load = (loads[i]?.healthy ?? 0) + (loads[i]?.degraded ?? 0);
    return load === 0 ? [] : [`priority ${priority} gets ${load === 1 ? 'all requests' : percent(load)}`];
  });
  return `; ${parts.join(', ')}`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
