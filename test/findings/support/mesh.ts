import { assignment, edsCluster, lbEndpoint } from '../../support/messages.js';
import type { Json } from '../../support/minimal-proxy.js';

/** An outbound cluster’s name as Istio writes it. */
export function outbound(host: string, port = 80, subset = ''): string {
  return `outbound|${port}|${subset}|${host}.default.svc.cluster.local`;
}

/** `metadata.filter_metadata.istio.config` of what comes from an Istio object. */
export function from(kind: 'virtual-service' | 'destination-rule', name: string): Json {
  const config = `/apis/networking.istio.io/v1/namespaces/default/${kind}/${name}`;
  return { metadata: { filter_metadata: { istio: { config } } } };
}

/** A service’s EDS cluster and its endpoints, each `ip:port`. */
export function service(host: string, addresses: readonly string[], more: Json = {}, port = 80, subset = '') {
  const name = outbound(host, port, subset);
  const endpoints = assignment(
    name,
    addresses.map(address => lbEndpoint(address)),
  );
  return { cluster: edsCluster(name, more), endpoints };
}

/** A route table of RDS with one virtual host for a service, named as Istio names it. */
export function table(port: number, host: string, routes: readonly Json[], more: Json = {}): Json {
  const fqdn = `${host}.default.svc.cluster.local`;
  const virtualHost = { name: `${fqdn}:${port}`, domains: [fqdn, host], routes };
  return { name: String(port), virtual_hosts: [virtualHost], ignore_port_in_host_matching: true, ...more };
}

/** A listener whose connection manager takes its routes from the table of its port. */
export function rds(name: string, more: Json = {}): Json {
  return {
    name: 'envoy.filters.network.http_connection_manager',
    typed_config: {
      '@type': 'type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager',
      rds: { route_config_name: name },
      http_filters: [
        {
          name: 'envoy.filters.http.router',
          typed_config: { '@type': 'type.googleapis.com/envoy.extensions.filters.http.router.v3.Router' },
        },
      ],
      ...more,
    },
  };
}

/** Istio’s cluster for what the mesh does not know. */
export const PASSTHROUGH: Json = { name: 'PassthroughCluster', type: 'ORIGINAL_DST' };
