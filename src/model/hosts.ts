import { addressOf, formatAddress } from './address.js';
import { localityOf } from './node.js';
import type { ProxyConfig } from './proxy.js';
import type { Resource } from './resource.js';
import { View } from './view.js';

/**
 * Whether the load balancer may pick a host. An `excluded` one is not healthy either, and does not count where healthy hosts are set
 * against all: https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/upstream/load_balancing/excluded
 */
type HostHealth = 'healthy' | 'degraded' | 'unhealthy' | 'excluded';

/** One host of a cluster, merged from EDS (or the cluster's own list) and `/clusters`. */
export interface Host {
  readonly address: string;
  readonly hostname: string;
  readonly health: HostHealth;
  /** For people: `HEALTHY`, `UNHEALTHY (failed_outlier_check)`. */
  readonly status: string;
  readonly priority: number;
  readonly locality: string;
  readonly localityWeight: number;
  readonly weight: number;
  /** `metadata.filter_metadata`, the endpoint's own over its locality's. */
  readonly metadata: (filter: string) => Readonly<Record<string, unknown>>;
  /** Whether the metadata are known: `/clusters` does not show them. */
  readonly hasMetadata: boolean;
  readonly resource: Resource;
  readonly pointer: string;
}

/** What is known of a cluster's hosts. */
export interface HostSet {
  readonly hosts: readonly Host[];
  readonly overprovisioningFactor: number;
  /** Neither EDS nor `/clusters` says anything of this cluster, because the dump lacks them. */
  readonly isUnknown: boolean;
  /** Health comes from EDS only: what Envoy's own checks found is not known. */
  readonly withoutStatus: boolean;
  /** The load assignment, for evidence. */
  readonly source: Resource | null;
}

const DEFAULT_OVERPROVISIONING = 140;

/** Names of health flags in `/clusters`, https://www.envoyproxy.io/docs/envoy/latest/api-v3/admin/v3/clusters.proto (HostHealthStatus). */
const FAILED = [
  'failed_active_health_check',
  'failed_outlier_check',
  'failed_active_degraded_check',
  'active_hc_timeout',
];
const EXCLUDED = ['pending_active_hc', 'excluded_via_immediate_hc_fail'];

/** Collects a cluster's hosts: addresses, weights and metadata from its load assignment, health from `/clusters`. */
export function hostsOf(proxy: ProxyConfig, cluster: Resource): HostSet {
  const name = cluster.name ?? '';
  const statuses = proxy.find('cluster-status', name);
  const assignment = assignmentOf(proxy, cluster);
  const source = assignment?.resource ?? statuses ?? null;
  const health = new Map(
    (statuses?.view.list('host_statuses') ?? []).map(status => [
      formatAddress(addressOf(status.get('address'))),
      status,
    ]),
  );
  const isDns = /(^|[._])dns$/i.test(clusterType(cluster.view));
  const listed = assignment === null || (isDns && health.size > 0) ? [] : assigned(assignment, health);
  const hosts = listed.length > 0 || statuses === undefined ? listed : fromStatuses(statuses);
  const needsEds = clusterType(cluster.view) === 'EDS';
  return {
    hosts,
    overprovisioningFactor:
      assignment?.view.get('policy')?.number('overprovisioning_factor') ?? DEFAULT_OVERPROVISIONING,
    isUnknown:
      needsEds &&
      assignment === null &&
      statuses === undefined &&
      proxy.has('endpoint') !== 'complete' &&
      proxy.has('cluster-status') !== 'complete',
    withoutStatus: statuses === undefined,
    source,
  };
}

/** The discovery type, or the name of the cluster extension: `EDS`, `STATIC`, `STRICT_DNS`, `envoy.clusters.aggregate`, ... */
export function clusterType(cluster: View): string {
  return cluster.get('cluster_type')?.string('name') ?? cluster.string('type') ?? 'STATIC';
}

interface Assignment {
  readonly resource: Resource;
  readonly view: View;
}

function assignmentOf(proxy: ProxyConfig, cluster: Resource): Assignment | null {
  const type = clusterType(cluster.view);
  if (type === 'EDS') {
    const name = cluster.view.get('eds_cluster_config')?.string('service_name') || (cluster.name ?? '');
    const resource = proxy.find('endpoint', name) ?? proxy.find('endpoint', cluster.name ?? '');
    return resource === undefined ? null : { resource, view: resource.view };
  }
  const inline = cluster.view.get('load_assignment');
  if (inline !== undefined) return { resource: cluster, view: inline };
  return cluster.view.list('hosts').length > 0 ? { resource: cluster, view: earlyAssignment(cluster.view) } : null;
}

/** API v2 lists plain addresses under `hosts`. */
function earlyAssignment(cluster: View): View {
  const lbEndpoints = cluster.list('hosts').map(host => ({ endpoint: { address: host.value } }));
  return new View({ endpoints: [{ lb_endpoints: lbEndpoints }] }, cluster.pointer);
}

function assigned({ resource, view }: Assignment, health: ReadonlyMap<string, View>): Host[] {
  return view.list('endpoints').flatMap(group =>
    group.list('lb_endpoints').map(endpoint => {
      const address = formatAddress(addressOf(endpoint.path('endpoint', 'address')));
      const status = health.get(address);
      return {
        address,
        hostname: endpoint.get('endpoint')?.string('hostname') ?? '',
        ...healthOf(endpoint.string('health_status'), status?.get('health_status')),
        priority: group.number('priority') ?? 0,
        locality: formatLocality(group.get('locality')),
        localityWeight: group.number('load_balancing_weight') ?? 0,
        weight: endpoint.number('load_balancing_weight') ?? 1,
        metadata: (filter: string) => ({ ...metadataOf(group, filter), ...metadataOf(endpoint, filter) }),
        hasMetadata: true,
        resource,
        pointer: endpoint.pointer,
      };
    }),
  );
}

function fromStatuses(statuses: Resource): Host[] {
  return statuses.view.list('host_statuses').map(status => ({
    address: formatAddress(addressOf(status.get('address'))),
    hostname: status.string('hostname') ?? '',
    ...healthOf(status.get('health_status')?.string('eds_health_status'), status.get('health_status')),
    priority: status.number('priority') ?? 0,
    locality: formatLocality(status.get('locality')),
    localityWeight: 0,
    weight: status.number('weight') ?? 1,
    metadata: () => ({}),
    hasMetadata: false,
    resource: statuses,
    pointer: status.pointer,
  }));
}

function metadataOf(holder: View, filter: string): Readonly<Record<string, unknown>> {
  return holder.path('metadata', 'filter_metadata')?.get(filter)?.value ?? {};
}

/** EDS health UNKNOWN counts as healthy; DRAINING and TIMEOUT as unhealthy. */
function healthOf(eds: string | undefined, flags: View | undefined): { health: HostHealth; status: string } {
  const failed = FAILED.filter(flag => flags?.boolean(flag) === true);
  const excluded = EXCLUDED.filter(flag => flags?.boolean(flag) === true);
  const said = flags?.string('eds_health_status') ?? eds ?? 'HEALTHY';
  const name = said === 'UNKNOWN' ? 'HEALTHY' : said;
  const isDegraded = name === 'DEGRADED' || failed.includes('failed_active_degraded_check');
  const isBad =
    failed.some(flag => flag !== 'failed_active_degraded_check') || /^(UNHEALTHY|DRAINING|TIMEOUT)$/.test(name);
  if (excluded.length > 0) return { health: 'excluded', status: `EXCLUDED (${excluded.join(', ')})` };
  if (isBad) return { health: 'unhealthy', status: failed.length === 0 ? name : `UNHEALTHY (${failed.join(', ')})` };
  return isDegraded ? { health: 'degraded', status: 'DEGRADED' } : { health: 'healthy', status: name };
}

function formatLocality(locality: View | undefined): string {
  const { region, zone, subZone } = localityOf(locality);
  return [region, zone, subZone].join('/').replace(/\/+$/, '');
}
