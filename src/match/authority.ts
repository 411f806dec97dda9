import type { View } from '../model/view.js';

/**
 * The authority as routing and the upstream see it: trailing dot and port stripped where the connection manager says so, in Envoy's order.
 * `port` is the connection's destination port.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/filters/network/http_connection_manager/v3/http_connection_manager.proto
 * (strip_trailing_host_dot, strip_any_host_port, strip_matching_host_port)
 */
export function normalizeAuthority(hcm: View, host: string, port: number): string {
  const undotted = hcm.boolean('strip_trailing_host_dot') ? stripDot(host) : host;
  const sent = portOf(undotted);
  if (sent === null) return undotted;
  const strips = hcm.boolean('strip_any_host_port') || (hcm.boolean('strip_matching_host_port') && sent === port);
  return strips ? stripPort(undotted) : undotted;
}

/** The authority without its port; an IPv6 address keeps its brackets. */
export function stripPort(host: string): string {
  return host.replace(/^(\[[^\]]*\]|[^:]*):\d*$/, '$1');
}

function portOf(host: string): number | null {
  const match = /^(?:\[[^\]]*\]|[^:]*):(\d+)$/.exec(host);
  return match === null ? null : Number(match[1]);
}

function stripDot(host: string): string {
  return host.replace(/\.(:\d+)?$/, '$1');
}
