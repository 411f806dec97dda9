import { type Extension, extensionOf } from '../model/extension.js';
import type { ProxyConfig } from '../model/proxy.js';
import type { View } from '../model/view.js';

/** Kinds of network and HTTP filter that Istio’s control plane sets by itself, of all its versions. */
const ISTIO_KINDS = new Set([
  'http_connection_manager',
  'tcp_proxy',
  'mongo_proxy',
  'redis_proxy',
  'mysql_proxy',
  'thrift_proxy',
  'dubbo_proxy',
  'sni_cluster',
  'forward_downstream_sni',
  'sni_verifier',
  'rbac',
  'ext_authz',
  'jwt_authn',
  'jwt-auth',
  'istio_authn',
  'authn',
  'metadata_exchange',
  'peer_metadata',
  'stats',
  'alpn',
  'mixer',
  'fault',
  'cors',
  'grpc_stats',
  'grpc_web',
  'router',
  'stateful_session',
  'set_filter_state',
  'waypoint',
  'health_check',
]);

/** Names that Istio gives to filters of kinds that others use as well, as to its Wasm modules and those of WasmPlugins. */
const ISTIO_NAME = /^(istio\.|istio_|extensions\.istio\.io\/|waypoint_|connect_)/;

/** A filter of a chain, and where it stands. */
export interface PlacedFilter {
  readonly filter: Extension;
  readonly pointer: string;
}

/** All network filters of a chain and, behind them, the HTTP filters of its connection managers. */
export function filtersOf(chain: View): PlacedFilter[] {
  const network = chain.list('filters').map(placed);
  const http = network
    .filter(({ filter }) => filter.kind === 'http_connection_manager')
    .flatMap(({ filter }) => filter.config.list('http_filters').map(placed));
  return [...network, ...http];
}

/** Filters that Istio does not set by itself: somebody put them in, usually by an EnvoyFilter. */
export function foreignFilters(chain: View): PlacedFilter[] {
  return filtersOf(chain).filter(({ filter }) => !ISTIO_KINDS.has(filter.kind) && !ISTIO_NAME.test(filter.name ?? ''));
}

/** Whether a proxy is one of Istio’s, so that what it runs can be told from what Istio would give it. */
export function isIstio({ node }: ProxyConfig): boolean {
  return node !== null && (node.type !== 'unknown' || node.istioVersion !== null);
}

/** A filter in words: `catalog.gate.lua (lua)`. */
export function describeFilter({ name, kind, type }: Extension): string {
  if (name === null) return type ?? kind;
  return name === kind || name.endsWith(`.${kind}`) ? name : `${name} (${kind})`;
}

function placed(view: View): PlacedFilter {
  return { filter: extensionOf(view), pointer: view.pointer };
}
