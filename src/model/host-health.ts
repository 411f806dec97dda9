import type { View } from './view.js';

/**
 * Whether the load balancer may pick a host. An `excluded` one is not healthy either, and does not count where healthy hosts are set
 * against all: https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/upstream/load_balancing/excluded
 */
export type HostHealth = 'healthy' | 'degraded' | 'unhealthy' | 'excluded';

/** A host's health, and the words for people: `HEALTHY`, `UNHEALTHY (failed_outlier_check)`. */
export interface HealthStatus {
  readonly health: HostHealth;
  readonly status: string;
}

/** Names of health flags in `/clusters`, https://www.envoyproxy.io/docs/envoy/latest/api-v3/admin/v3/clusters.proto (HostHealthStatus). */
const FAILED = ['failed_active_health_check', 'failed_outlier_check', 'active_hc_timeout'];
const DEGRADED = 'failed_active_degraded_check';
const EXCLUDED = ['pending_active_hc', 'excluded_via_immediate_hc_fail'];
/** Discovery has dropped the host; it serves on until its health checks fail. */
const LEAVING = 'pending_dynamic_removal';

/**
 * Merges what EDS says of a host (`health_status`) with Envoy's own checks (`/clusters`). EDS's UNKNOWN counts as healthy; DRAINING and TIMEOUT
 * count as unhealthy, as in Envoy: https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/core/v3/health_check.proto (HealthStatus).
 */
export function healthOf(eds: string | undefined, flags: View | undefined): HealthStatus {
  if (flags !== undefined && saysOnlyHealthy(flags)) return HEALTHY;
  const isSet = (flag: string) => flags?.boolean(flag) === true;
  const failed = FAILED.filter(isSet);
  const excluded = EXCLUDED.filter(isSet);
  const said = flags?.string('eds_health_status') ?? eds ?? 'HEALTHY';
  const name = said === 'UNKNOWN' ? 'HEALTHY' : said;
  if (excluded.length > 0) return { health: 'excluded', status: `EXCLUDED (${excluded.join(', ')})` };
  if (failed.length > 0) return { health: 'unhealthy', status: `UNHEALTHY (${failed.join(', ')})` };
  if (/^(UNHEALTHY|DRAINING|TIMEOUT)$/.test(name)) return { health: 'unhealthy', status: name };
  const leaving = isSet(LEAVING) ? ` (${LEAVING})` : '';
  if (name === 'DEGRADED' || isSet(DEGRADED)) return { health: 'degraded', status: `DEGRADED${leaving}` };
  return { health: 'healthy', status: `${name}${leaving}` };
}

const HEALTHY: HealthStatus = { health: 'healthy', status: 'HEALTHY' };

/** As of nearly all hosts: no flag stands beside it. */
function saysOnlyHealthy({ value }: View): boolean {
  for (const key in value) if (key !== 'eds_health_status' || value[key] !== HEALTHY.status) return false;
  return value.eds_health_status !== undefined;
}
