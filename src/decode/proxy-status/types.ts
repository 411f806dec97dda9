import { type TypeStatus, typeStatus } from './status.js';

/** Istio's short names of xDS types (pilot/pkg/xds/v3/model.go), by type URL without `type.googleapis.com/`. */
const SHORT_NAMES: Readonly<Record<string, string>> = {
  'envoy.config.cluster.v3.Cluster': 'CDS',
  'envoy.config.listener.v3.Listener': 'LDS',
  'envoy.config.endpoint.v3.ClusterLoadAssignment': 'EDS',
  'envoy.config.route.v3.RouteConfiguration': 'RDS',
  'envoy.config.core.v3.TypedExtensionConfig': 'ECDS',
  'envoy.extensions.transport_sockets.tls.v3.Secret': 'SDS',
  'istio.networking.nds.v1.NameTable': 'NDS',
  'istio.mesh.v1alpha1.ProxyConfig': 'PCDS',
  'envoy.config.bootstrap.v3.Bootstrap': 'BDS',
  'istio.workload.Workload': 'WDS',
  'istio.workload.Address': 'WADS',
  'istio.security.Authorization': 'WRDS',
};

/** The types that every Envoy asks for in a usual configuration. */
const CORE_TYPES = ['CDS', 'LDS', 'EDS', 'RDS'] as const;

const ORDER: readonly string[] = [...CORE_TYPES, 'ECDS', 'SDS'];

/** The short name of a type URL; what stands behind the last slash where Istio has none. */
export function shortName(typeUrl: string): string {
  const message = typeUrl.slice(typeUrl.lastIndexOf('/') + 1);
  return SHORT_NAMES[message] ?? message;
}

/** Puts types into their order: the known six first, others by name. */
export function orderTypes(entries: Iterable<readonly [string, TypeStatus]>): Record<string, TypeStatus> {
  return Object.fromEntries([...entries].sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1)));
}

/** The same, for a listing that names only the types a proxy asks for: a core type that it leaves out is not asked for. */
export function orderSubscribed(entries: Iterable<readonly [string, TypeStatus]>): Record<string, TypeStatus> {
  return orderTypes(new Map([...CORE_TYPES.map(type => [type, typeStatus('IGNORED')] as const), ...entries]));
}

function rank(type: string): number {
  const at = ORDER.indexOf(type);
  return at < 0 ? ORDER.length : at;
}
