import type { Json } from './minimal-proxy.js';

/** Envoy messages with what every test of a hop needs; `more` wins over it. */

const TYPES = {
  hcm: 'envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager',
  tcp: 'envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy',
  router: 'envoy.extensions.filters.http.router.v3.Router',
  downstreamTls: 'envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext',
  upstreamTls: 'envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext',
} as const;

/** An extension with its typed configuration. */
export function extension(name: string, type: string, config: Json = {}): Json {
  return { name, typed_config: { '@type': `type.googleapis.com/${type}`, ...config } };
}

export function address(ip: string, port: number): Json {
  return { socket_address: { address: ip, port_value: port } };
}

/** A listener on every IPv4 address of a port. */
export function listener(port: number, chains: readonly Json[], more: Json = {}): Json {
  return { name: `0.0.0.0_${port}`, address: address('0.0.0.0', port), filter_chains: chains, ...more };
}

/** The listener that iptables sends outbound TCP to. */
export function virtualOutbound(chains: readonly Json[] = [chain([tcp('PassthroughCluster')])]): Json {
  return listener(15001, chains, { name: 'virtualOutbound', use_original_dst: true });
}

export function chain(filters: readonly Json[], more: Json = {}): Json {
  return { filters, ...more };
}

export function tcp(cluster: string, more: Json = {}): Json {
  return extension('envoy.filters.network.tcp_proxy', TYPES.tcp, { cluster, ...more });
}

/** A connection manager with an inline route table of these virtual hosts. */
export function hcm(virtualHosts: readonly Json[], more: Json = {}): Json {
  return extension('envoy.filters.network.http_connection_manager', TYPES.hcm, {
    route_config: { name: 'inline', virtual_hosts: virtualHosts },
    http_filters: [ROUTER],
    ...more,
  });
}

export const ROUTER = extension('envoy.filters.http.router', TYPES.router);

/** A virtual host for every authority. */
export function virtualHost(routes: readonly Json[], more: Json = {}): Json {
  return { name: 'all', domains: ['*'], routes, ...more };
}

/** A route for every path, to a cluster or with another action. */
export function route(action: string | Json, more: Json = {}): Json {
  const does = typeof action === 'string' ? { route: { cluster: action } } : action;
  return { match: { prefix: '/' }, ...does, ...more };
}

/** A cluster whose hosts stand in itself, `ip:port` each. */
export function staticCluster(name: string, hosts: readonly string[], more: Json = {}): Json {
  const endpoints = hosts.map(host => lbEndpoint(host));
  return { name, type: 'STATIC', load_assignment: assignment(name, endpoints), ...more };
}

export function edsCluster(name: string, more: Json = {}): Json {
  return { name, type: 'EDS', ...more };
}

/** One locality's endpoints. */
export function assignment(clusterName: string, endpoints: readonly Json[], group: Json = {}): Json {
  return { cluster_name: clusterName, endpoints: [{ lb_endpoints: endpoints, ...group }] };
}

/** An endpoint at `ip:port`. */
export function lbEndpoint(host: string, more: Json = {}): Json {
  const cut = host.lastIndexOf(':');
  return {
    endpoint: { address: address(host.slice(0, cut).replace(/[[\]]/g, ''), Number(host.slice(cut + 1))) },
    ...more,
  };
}

/** A chain's TLS. */
export function downstreamTls(more: Json = {}): Json {
  return {
    transport_socket: extension('envoy.transport_sockets.tls', TYPES.downstreamTls, {
      common_tls_context: { tls_certificate_sds_secret_configs: [{ name: 'kubernetes://cert' }] },
      ...more,
    }),
  };
}

export const TLS_INSPECTOR = extension(
  'envoy.filters.listener.tls_inspector',
  'envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector',
);

export const HTTP_INSPECTOR = extension(
  'envoy.filters.listener.http_inspector',
  'envoy.extensions.filters.listener.http_inspector.v3.HttpInspector',
);
