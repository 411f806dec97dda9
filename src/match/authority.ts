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

/**
 * The authority without what follows its last colon, but for one inside the brackets of an IPv6 address
 * (source/common/http/header_utility.cc, getPortStart).
 */
export function stripPort(host: string): string {
  const start = portStart(host);
  return start === null ? host : host.slice(0, start);
}

function portStart(host: string): number | null {
  const colon = host.lastIndexOf(':');
  return colon < 0 || host.lastIndexOf(']') > colon ? null : colon;
}

function portOf(host: string): number | null {
  const start = portStart(host);
  const port = start === null ? '' : host.slice(start + 1);
  return /^\d+$/.test(port) ? Number(port) : null;
}

function stripDot(host: string): string {
  return host.replace(/\.(:\d+)?$/, '$1');
}
