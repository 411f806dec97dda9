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

/** How the entries of a list are to be read. */
export interface Group {
  readonly kind: ResourceKind;
  readonly state: ResourceState;
  readonly isStatic: boolean;
  /** Keys under which an entry holds its message, in both case forms; none where the entries are the messages themselves. */
  readonly messageKeys: readonly string[];
}

/** The key of the message inside an entry of Envoy's `*ConfigDump` sections; null where the entry is the message. */
const MESSAGE_KEYS: Record<ResourceKind, string | null> = {
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

/** The group of a kind as Envoy's dumps wrap it. */
export function groupOf(kind: ResourceKind, state: ResourceState = 'active', isStatic = false): Group {
  return { kind, state, isStatic, messageKeys: bothForms(MESSAGE_KEYS[kind]) };
}

/** The group of an istioctl list or of a lone resource: the messages themselves. */
export function bareGroup(kind: ResourceKind): Group {
  return { ...groupOf(kind), messageKeys: [] };
}

function bothForms(key: string | null): string[] {
  return key === null ? [] : [...new Set([key, camelCase(key)])];
}

/** https://www.envoyproxy.io/docs/envoy/latest/api-v3/admin/v3/config_dump_shared.proto, clusters.proto, listeners.proto */
const GROUPS: Record<string, Group> = {
  static_listeners: groupOf('listener', 'active', true),
  dynamic_listeners: groupOf('listener'),
  dynamic_active_listeners: groupOf('listener'),
  dynamic_warming_listeners: groupOf('listener', 'warming'),
  dynamic_draining_listeners: groupOf('listener', 'draining'),
  static_clusters: groupOf('cluster', 'active', true),
  dynamic_active_clusters: groupOf('cluster'),
  dynamic_warming_clusters: groupOf('cluster', 'warming'),
  static_route_configs: groupOf('route', 'active', true),
  dynamic_route_configs: groupOf('route'),
  static_endpoint_configs: groupOf('endpoint', 'active', true),
  dynamic_endpoint_configs: groupOf('endpoint'),
  static_secrets: groupOf('secret', 'active', true),
  dynamic_active_secrets: groupOf('secret'),
  dynamic_warming_secrets: groupOf('secret', 'warming'),
  inline_scoped_route_configs: groupOf('scoped-route', 'active', true),
  dynamic_scoped_route_configs: groupOf('scoped-route'),
  ecds_filters: groupOf('ecds'),
  cluster_statuses: groupOf('cluster-status'),
  listener_statuses: groupOf('listener-status'),
  workloads: groupOf('workload'),
};

/** Keys that lead from the root to the groups: Envoy's `configs`, a CSDS answer's `config` with its sections. */
const CONTAINERS = [
  'configs',
  'config',
  'xds_config',
  'listener_config',
  'cluster_config',
  'route_config',
  'scoped_route_config',
  'endpoint_config',
];

/** States of a `dynamic_listeners` entry; `error_state` occurs in every kind of dynamic entry. */
const STATES: Record<string, ResourceState> = {
  active_state: 'active',
  warming_state: 'warming',
  draining_state: 'draining',
  error_state: 'error',
};

const groupsByKey = byEitherKey(GROUPS);
const statesByKey = byEitherKey(STATES);
const containerKeys = new Set(CONTAINERS.flatMap(bothForms));

function byEitherKey<T>(table: Record<string, T>): Map<string, T> {
  return new Map(Object.entries(table).flatMap(([key, value]) => bothForms(key).map(form => [form, value] as const)));
}

/** The group that a key names, in either case form. */
export function groupAt(key: string): Group | undefined {
  return groupsByKey.get(key);
}

/** The state that a key of an entry names, in either case form. */
export function stateAt(key: string): ResourceState | undefined {
  return statesByKey.get(key);
}

/** Whether a key, in either case form, holds the sections of a dump. */
export function isContainer(key: string): boolean {
  return containerKeys.has(key);
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

/** The kind of what a section in a `configs` list holds, by its `@type`; null for a section that is not known. */
export function kindOfSection(type: string): ResourceKind | null {
  return SECTION_TYPES[lastPart(type)] ?? null;
}

const ENTRY_TYPES: Record<string, ResourceKind> = {
  Listener: 'listener',
  Cluster: 'cluster',
  RouteConfig: 'route',
  EndpointConfig: 'endpoint',
  Secret: 'secret',
};

/** The group of a lone entry by its message type: `ClustersConfigDump.DynamicCluster`. */
export function groupOfEntry(type: string): Group | null {
  const match = /ConfigDump\.(Static|Dynamic)(Listener|Cluster|RouteConfig|EndpointConfig|Secret)$/.exec(type);
  const kind = ENTRY_TYPES[match?.[2] ?? ''];
  return kind === undefined ? null : groupOf(kind, 'active', match?.[1] === 'Static');
}

const kindsByMessageKey = new Map(
  Object.entries(MESSAGE_KEYS).flatMap(([kind, key]) => (key === null ? [] : [[key, kind as ResourceKind] as const])),
);

/** The kind of the message that an entry holds under a key, in snake_case. */
export function kindOfMessageKey(key: string): ResourceKind | undefined {
  return kindsByMessageKey.get(key);
}

const MESSAGE_TYPES: Record<string, ResourceKind> = {
  Listener: 'listener',
  Cluster: 'cluster',
  RouteConfiguration: 'route',
  ClusterLoadAssignment: 'endpoint',
  Secret: 'secret',
  ScopedRouteConfiguration: 'scoped-route',
  TypedExtensionConfig: 'ecds',
};

/**
 * The group of an item of CSDS's `generic_xds_configs`, which names the type of its message and holds it under `xds_config`.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/service/status/v3/csds.proto (ClientConfig.GenericXdsConfig)
 */
export function groupOfGeneric(typeUrl: string, isStatic: boolean): Group | null {
  const kind = MESSAGE_TYPES[lastPart(typeUrl)];
  return kind === undefined ? null : { ...groupOf(kind, 'active', isStatic), messageKeys: ['xds_config', 'xdsConfig'] };
}

function lastPart(type: string): string {
  return type.slice(type.lastIndexOf('.') + 1);
}
