import type { Host } from '../model/hosts.js';

/** Where metadata of an endpoint keep what an internal listener is to know of it. */
export const TUNNEL_METADATA = 'envoy.filters.listener.original_dst';

/** What an endpoint's metadata tells an internal listener. */
export interface Tunnel {
  readonly listener: string | null;
  /** `ip:port` where the listener is to go on to. */
  readonly destination: string | null;
  /** The waypoint (`ip:port`) that the tunnel goes to, where it is not the destination itself. */
  readonly waypoint: string | null;
}

/**
 * Where an internal listener is to go on to: `envoy.filters.listener.original_dst` or, before, `tunnel`; else the address's own endpoint id.
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/other_features/internal_listener
 */
export function tunnelOf(host: Host): Tunnel {
  const { local, waypoint } = host.metadata(TUNNEL_METADATA);
  const destination = local ?? host.metadata('tunnel').destination ?? host.endpointId;
  return {
    listener: host.internalListener,
    destination: typeof destination === 'string' && /:\d+$/.test(destination) ? destination : null,
    waypoint: typeof waypoint === 'string' ? waypoint : null,
  };
}
