/** One priority of a cluster: its hosts as indices, by health. */
export interface PriorityLevel {
  readonly members: readonly number[];
  readonly healthy: readonly number[];
  readonly degraded: readonly number[];
  readonly excluded: readonly number[];
  /** Percent; 140 unless the load assignment says otherwise. */
  readonly overprovisioningFactor: number;
  /** The weight that a host counts with when healthy ones are set against all. */
  readonly weightOf: (host: number) => number;
}

/** Percent of the requests that a priority gets, 0 to 100, and for which of its hosts. */
export interface PriorityLoad {
  readonly healthy: number;
  readonly degraded: number;
}

const NO_LOAD: PriorityLoad = { healthy: 0, degraded: 0 };

/**
 * How Envoy spreads requests over priorities: as much as possible to the first ones, healthy hosts before degraded ones. With every
 * priority in panic each gets load by its number of hosts.
 * https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/upstream/load_balancing/priority
 */
export function priorityLoads(levels: readonly PriorityLevel[], panicThreshold: number): PriorityLoad[] {
  const panics = panicking(levels, panicThreshold);
  if (panics.length > 0 && panics.every(Boolean)) return loadInTotalPanic(levels);
  const { healthy, degraded } = availability(levels);
  const total = normalized(healthy, degraded);
  if (total === 0) return levels.map((_, i) => (i === 0 ? { healthy: 100, degraded: 0 } : NO_LOAD));
  const first = distribute(healthy, 100, total);
  const second = distribute(degraded, first.left, total);
  const loads = levels.map((_, i) => ({ healthy: first.loads[i] ?? 0, degraded: second.loads[i] ?? 0 }));
  return withRemainder(loads, healthy, degraded, second.left);
}

/** Whether each priority is in panic: too few of its hosts are usable, and all priorities together cannot take the whole load. */
export function panicking(levels: readonly PriorityLevel[], panicThreshold: number): boolean[] {
  const { healthy, degraded } = availability(levels);
  const total = normalized(healthy, degraded);
  if (total === 100 || (total === 0 && panicThreshold === 0)) return levels.map(() => false);
  return levels.map(level => {
    const counted = level.members.length - level.excluded.length;
    const usable = level.healthy.length + level.degraded.length;
    return (counted === 0 ? 0 : (100 * usable) / counted) < panicThreshold;
  });
}

function availability(levels: readonly PriorityLevel[]): { healthy: number[]; degraded: number[] } {
  const percentOf = (level: PriorityLevel, hosts: readonly number[]) => {
    const weigh = (list: readonly number[]) => list.reduce((sum, host) => sum + level.weightOf(host), 0);
    const total = weigh(level.members) - weigh(level.excluded);
    return total <= 0 ? 0 : Math.min(100, Math.floor((level.overprovisioningFactor * weigh(hosts)) / total));
  };
  return {
    healthy: levels.map(level => percentOf(level, level.healthy)),
    degraded: levels.map(level => percentOf(level, level.degraded)),
  };
}

function normalized(healthy: readonly number[], degraded: readonly number[]): number {
  return Math.min(100, sum(healthy) + sum(degraded));
}

function distribute(available: readonly number[], load: number, total: number): { loads: number[]; left: number } {
  let left = load;
  const loads = available.map(percent => {
    const part = Math.min(left, Math.floor((percent * 100) / total));
    left -= part;
    return part;
  });
  return { loads, left };
}

/** What rounding leaves goes to the first priority with a healthy host, else to the first with a degraded one. */
function withRemainder(
  loads: readonly PriorityLoad[],
  healthy: readonly number[],
  degraded: readonly number[],
  left: number,
): PriorityLoad[] {
  const firstHealthy = healthy.findIndex(percent => percent > 0);
  const firstDegraded = degraded.findIndex(percent => percent > 0);
  return loads.map((load, i) => {
    if (firstHealthy >= 0) return i === firstHealthy ? { ...load, healthy: load.healthy + left } : load;
    return i === firstDegraded ? { ...load, degraded: load.degraded + left } : load;
  });
}

function loadInTotalPanic(levels: readonly PriorityLevel[]): PriorityLoad[] {
  const total = sum(levels.map(({ members }) => members.length));
  const parts = levels.map(({ members }) => Math.floor((100 * members.length) / (total || 1)));
  const first = levels.findIndex(({ members }) => members.length > 0);
  return parts.map((part, i) => ({ healthy: part + (i === first ? 100 - sum(parts) : 0), degraded: 0 }));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
