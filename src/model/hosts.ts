import { type Address, addressOf, formatAddress } from './address.js';
import { clusterKind, isDnsKind } from './cluster-kind.js';
import { type HostHealth, healthOf } from './host-health.js';
import { type LoadAssignment, loadAssignmentOf } from './load-assignment.js';
import { localityOf } from './node.js';
import { oncePerMessage, oncePerPair } from './once.js';
import type { ProxyConfig } from './proxy.js';
import type { Resource } from './resource.js';
import type { View } from './view.js';

/** One host of a cluster, merged from EDS (or the cluster's own list) and `/clusters`. */
export interface Host {
  /** The cluster that holds it: a member's own where an aggregate cluster leads to it. */
  readonly cluster: Resource;
  readonly address: string;
  readonly hostname: string;
  /** The internal listener of this Envoy that the address names; null for a socket. */
  readonly internalListener: string | null;
  /** What an internal address names behind its listener; null for a socket. */
  readonly endpointId: string | null;
  readonly health: HostHealth;
  /** For people: `HEALTHY`, `UNHEALTHY (failed_outlier_check)`. */
  readonly status: string;
  readonly priority: number;
  readonly locality: string;
  readonly localityWeight: number;
  readonly weight: number;
  /** The endpoint's own `metadata.filter_metadata` under a filter's name. */
  readonly metadata: (filter: string) => Readonly<Record<string, unknown>>;
  /** The same of its locality. */
  readonly localityMetadata: (filter: string) => Readonly<Record<string, unknown>>;
  /** Whether the metadata are known: `/clusters` does not show them. */
  readonly hasMetadata: boolean;
  readonly resource: Resource;
  readonly pointer: string;
}

/** What is known of a cluster's hosts. */
export interface HostSet {
  readonly hosts: readonly Host[];
  readonly overprovisioningFactor: number;
  /** Priorities count by the weight of their healthy hosts, not by their number. */
  readonly weightedPriorityHealth: boolean;
  /** Neither EDS nor `/clusters` says anything of this cluster, because the dump lacks them. */
  readonly isUnknown: boolean;
  /** Health comes from EDS only: what Envoy's own checks found is not known. */
  readonly withoutStatus: boolean;
  /** The load assignment, for evidence. */
  readonly source: Resource | null;
  /** `policy` of the load assignment. */
  readonly policy: View | null;
}

const DEFAULT_OVERPROVISIONING = 140;

/** A cluster's hosts: addresses, weights and metadata from its load assignment, health from `/clusters`. They are collected once. */
export const hostsOf = oncePerPair(collect);

function collect(proxy: ProxyConfig, cluster: Resource): HostSet {
  const statuses = proxy.find('cluster-status', cluster.name ?? '');
  const assignment = loadAssignmentOf(proxy, cluster);
  const source = assignment?.resource ?? statuses ?? null;
  const policy = assignment?.view.get('policy') ?? null;
  const kind = clusterKind(cluster.view);
  const usesLeds = assignment?.view.list('endpoints').some(group => group.has('leds_cluster_locality_config')) === true;
  const noList = assignment === null || usesLeds;
  return {
    hosts: merge(cluster, assignment, statuses, isDnsKind(kind)),
    overprovisioningFactor: policy?.number('overprovisioning_factor') ?? DEFAULT_OVERPROVISIONING,
    weightedPriorityHealth: policy?.boolean('weighted_priority_health') === true,
    isUnknown:
      kind === 'eds' &&
      noList &&
      statuses === undefined &&
      (usesLeds || (proxy.has('endpoint') !== 'complete' && proxy.has('cluster-status') !== 'complete')),
    withoutStatus: statuses === undefined,
    source,
    policy,
  };
}

/** The list with its health; `/clusters` alone where there is no list, or where DNS has put addresses in the place of names. */
function merge(
  cluster: Resource,
  assignment: LoadAssignment | null,
  statuses: Resource | undefined,
  isDns: boolean,
): Host[] {
  const found = statuses?.view.list('host_statuses') ?? [];
  if (statuses !== undefined && isDns && found.length > 0) return fromStatuses(cluster, statuses, assignment);
  const listed =
    assignment === null ? [] : assigned(cluster, assignment, statuses === undefined ? NONE : byAddress(statuses.view));
  return listed.length > 0 || statuses === undefined ? listed : fromStatuses(cluster, statuses, null);
}

const NONE: ReadonlyMap<string, View> = new Map();

const byAddress = oncePerMessage(
  (statuses: View): ReadonlyMap<string, View> =>
    new Map(statuses.list('host_statuses').map(status => [formatAddress(addressOf(status.get('address'))), status])),
);

function assigned(cluster: Resource, { resource, view }: LoadAssignment, health: ReadonlyMap<string, View>): Host[] {
  return endpointsOf(view).map(({ edsHealth, ...endpoint }) => ({
    cluster,
    resource,
    ...endpoint,
    ...healthOf(edsHealth, health.get(endpoint.address)?.get('health_status')),
  }));
}

/** What a load assignment alone says of a host. */
type Endpoint = Omit<Host, 'cluster' | 'resource' | 'health' | 'status'> & { readonly edsHealth: string | undefined };

/** Of two endpoints with one address Envoy keeps the first (source/extensions/clusters/eds/eds.cc). */
const endpointsOf = oncePerMessage((assignment: View): readonly Endpoint[] => {
  const known = new Set<string>();
  return assignment.list('endpoints').flatMap(group =>
    group.list('lb_endpoints').flatMap(endpoint => {
      const address = addressOf(endpoint.path('endpoint', 'address'));
      const text = formatAddress(address);
      if (known.has(text)) return [];
      known.add(text);
      return {
        address: text,
        hostname: endpoint.get('endpoint')?.string('hostname') ?? '',
        ...internalOf(address),
        edsHealth: endpoint.string('health_status'),
        priority: group.number('priority') ?? 0,
        locality: formatLocality(group.get('locality')),
        localityWeight: group.number('load_balancing_weight') ?? 0,
        weight: endpoint.number('load_balancing_weight') ?? 1,
        ...metadataOf(endpoint, group),
        pointer: endpoint.pointer,
      };
    }),
  );
});

function fromStatuses(cluster: Resource, statuses: Resource, names: LoadAssignment | null): Host[] {
  return statuses.view.list('host_statuses').map(status => {
    const address = addressOf(status.get('address'));
    const hostname = status.string('hostname') ?? '';
    return {
      cluster,
      address: formatAddress(address),
      hostname,
      ...internalOf(address),
      ...healthOf(status.get('health_status')?.string('eds_health_status'), status.get('health_status')),
      priority: status.number('priority') ?? 0,
      locality: formatLocality(status.get('locality')),
      localityWeight: 0,
      weight: status.number('weight') ?? 1,
      ...(metadataByName(names, hostname) ?? UNKNOWN_METADATA),
      resource: statuses,
      pointer: status.pointer,
    };
  });
}

function internalOf(address: Address | null): Pick<Host, 'internalListener' | 'endpointId'> {
  if (address?.kind !== 'internal') return { internalListener: null, endpointId: null };
  return { internalListener: address.listener, endpointId: address.endpointId };
}

type Metadata = Pick<Host, 'metadata' | 'localityMetadata' | 'hasMetadata'>;

const UNKNOWN_METADATA: Metadata = { metadata: () => ({}), localityMetadata: () => ({}), hasMetadata: false };

function metadataOf(endpoint: View, group: View): Metadata {
  return {
    metadata: filter => filterMetadata(endpoint, filter),
    localityMetadata: filter => filterMetadata(group, filter),
    hasMetadata: true,
  };
}

/** An address that DNS gave has the metadata of the endpoint with that name, or of the only one. */
function metadataByName(names: LoadAssignment | null, hostname: string): Metadata | null {
  const pairs = (names?.view.list('endpoints') ?? []).flatMap(group =>
    group.list('lb_endpoints').map(endpoint => ({ endpoint, group })),
  );
  const named = pairs.find(({ endpoint }) => {
    const own = endpoint.path('endpoint', 'address', 'socket_address')?.string('address');
    return own === hostname || endpoint.get('endpoint')?.string('hostname') === hostname;
  });
  const found = named ?? (pairs.length === 1 ? pairs[0] : undefined);
  return found === undefined ? null : metadataOf(found.endpoint, found.group);
}

function filterMetadata(holder: View, filter: string): Readonly<Record<string, unknown>> {
  return holder.path('metadata', 'filter_metadata')?.get(filter)?.value ?? {};
}

function formatLocality(locality: View | undefined): string {
  const { region, zone, subZone } = localityOf(locality);
  return [region, zone, subZone].join('/').replace(/\/+$/, '');
}
