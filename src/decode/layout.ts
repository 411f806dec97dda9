import { camelCase } from './case.js';

/** The kinds of resource that a dump holds. */
export type ResourceKind =
  | 'listener'
  | 'cluster'
  | 'route'
  | 'endpoint'
  | 'secret'
  | 'scoped-route'
  | 'ecds'
  | 'cluster-status'
  | 'listener-status'
  | 'workload'
  | 'bootstrap';

/** What Envoy does with a resource: only `active` ones serve. `error` is a rejected update. */
export type ResourceState = 'active' | 'warming' | 'draining' | 'error';

/** A list of entries in a dump: Envoy's admin.v3 `*ConfigDump` messages and their v2alpha forms, and the admin endpoints' own lists. */
export interface Group {
  readonly kind: ResourceKind;
  readonly state: ResourceState;
  readonly isStatic: boolean;
  /** The entries are the resources themselves, without a wrapper. */
  readonly bare: boolean;
}

/** The key of the resource message inside an entry, by kind; an entry without it is the resource itself. */
export const RESOURCE_KEYS: Record<ResourceKind, string | null> = {
  listener: 'listener',
  cluster: 'cluster',
  route: 'route_config',
  endpoint: 'endpoint_config',
  secret: 'secret',
  'scoped-route': null,
  ecds: 'ecds_filter',
  'cluster-status': null,
  'listener-status': null,
  workload: null,
  bootstrap: 'bootstrap',
};

function group(kind: ResourceKind, state: ResourceState = 'active', isStatic = false): Group {
  return { kind, state, isStatic, bare: RESOURCE_KEYS[kind] === null };
}

/** https://www.envoyproxy.io/docs/envoy/latest/api-v3/admin/v3/config_dump_shared.proto, clusters.proto, listeners.proto */
const GROUPS: Record<string, Group> = {
  static_listeners: group('listener', 'active', true),
  dynamic_listeners: group('listener'),
  dynamic_active_listeners: group('listener'),
  dynamic_warming_listeners: group('listener', 'warming'),
  dynamic_draining_listeners: group('listener', 'draining'),
  static_clusters: group('cluster', 'active', true),
  dynamic_active_clusters: group('cluster'),
  dynamic_warming_clusters: group('cluster', 'warming'),
  static_route_configs: group('route', 'active', true),
  dynamic_route_configs: group('route'),
  static_endpoint_configs: group('endpoint', 'active', true),
  dynamic_endpoint_configs: group('endpoint'),
  static_secrets: group('secret', 'active', true),
  dynamic_active_secrets: group('secret'),
  dynamic_warming_secrets: group('secret', 'warming'),
  inline_scoped_route_configs: group('scoped-route', 'active', true),
  dynamic_scoped_route_configs: group('scoped-route'),
  ecds_filters: group('ecds'),
  cluster_statuses: group('cluster-status'),
  listener_statuses: group('listener-status'),
  workloads: group('workload'),
};

/** Keys that lead from the root to the groups: Envoy's `configs`, CSDS `config` with its sections, Envoy Gateway's `xds`. */
const CONTAINERS = [
  'configs',
  'config',
  'xds_config',
  'xds',
  'listener_config',
  'cluster_config',
  'route_config',
  'scoped_route_config',
  'endpoint_config',
];

/** States of a `dynamic_listeners` entry; `error_state` occurs in every kind of dynamic entry. */
export const STATE_KEYS: Record<string, ResourceState> = {
  active_state: 'active',
  warming_state: 'warming',
  draining_state: 'draining',
  error_state: 'error',
};

const groupsByKey = new Map(
  Object.entries(GROUPS).flatMap(([key, value]) => [key, camelCase(key)].map(form => [form, value] as const)),
);
const containerKeys = new Set(CONTAINERS.flatMap(key => [key, camelCase(key)]));

/** The group that a key names, in either case form. */
export function groupOf(key: string): Group | undefined {
  return groupsByKey.get(key);
}

export function isContainer(key: string): boolean {
  return containerKeys.has(key);
}

/** The `@type` of a section in a `configs` list, by the kind of what it holds. */
export function kindOfSectionType(type: string): ResourceKind | null {
  const name = type.slice(type.lastIndexOf('.') + 1);
  return SECTION_TYPES[name] ?? null;
}

const SECTION_TYPES: Record<string, ResourceKind> = {
  BootstrapConfigDump: 'bootstrap',
  ListenersConfigDump: 'listener',
  ClustersConfigDump: 'cluster',
  RoutesConfigDump: 'route',
  ScopedRoutesConfigDump: 'scoped-route',
  EndpointsConfigDump: 'endpoint',
  SecretsConfigDump: 'secret',
  EcdsConfigDump: 'ecds',
  Clusters: 'cluster-status',
  Listeners: 'listener-status',
};

/** The group of a lone entry by its message type: `ClustersConfigDump.DynamicCluster`. */
export function groupOfEntryType(type: string | null): Group | null {
  const match = /ConfigDump\.(Static|Dynamic)(Listener|Cluster|RouteConfig|EndpointConfig|Secret)$/.exec(type ?? '');
  const kind = ENTRY_TYPES[match?.[2] ?? ''];
  return kind === undefined ? null : group(kind, 'active', match?.[1] === 'Static');
}

/** The group of an istioctl list or of a lone resource: the messages themselves. */
export function bareGroup(kind: ResourceKind): Group {
  return { ...group(kind), bare: true };
}

const ENTRY_TYPES: Record<string, ResourceKind> = {
  Listener: 'listener',
  Cluster: 'cluster',
  RouteConfig: 'route',
  EndpointConfig: 'endpoint',
  Secret: 'secret',
};
