import { addressOf, formatAddress } from '../model/address.js';
import { clusterType } from '../model/cluster-kind.js';
import { hostsOf } from '../model/hosts.js';
import { oncePer } from '../model/once.js';
import type { ProxyConfig } from '../model/proxy.js';
import { proxyAt } from '../model/proxy-at.js';
import type { Resource } from '../model/resource.js';
import { validationName } from '../model/transport-socket.js';
import type { View } from '../model/view.js';
import { socketFor } from '../trace/upstream-socket.js';
import type { Scope } from './rule.js';
import { isIssuedByMesh } from './secret-object.js';

/** An endpoint that gets the mesh’s own mutual TLS, though Istio knows no proxy there that would take it. */
export interface BareEndpoint {
  readonly address: string;
  /** The transport socket that is used towards it. */
  readonly pointer: string;
}

const MATCH = 'envoy.transport_socket_match';

/**
 * Istio gives the metadata `tlsMode: istio` to endpoints whose pod has a sidecar that takes mutual TLS (not before 1.5). The first endpoint
 * of a pod without it that is sent mutual TLS all the same, as a DestinationRule’s ISTIO_MUTUAL does; null where there is none.
 * https://istio.io/latest/docs/ops/configuration/traffic-management/tls-configuration/#auto-mtls
 */
export function bareEndpoint(cluster: Resource, { proxy, snapshot }: Scope): BareEndpoint | null {
  if (clusterType(cluster.view) !== 'EDS') return null;
  for (const host of hostsOf(proxy, cluster).hosts) {
    const { mode, socket, pointer } = socketFor(cluster.view, host);
    const isOfMesh = socket.context !== null && isIssuedByMesh(validationName(socket.context) ?? '');
    if (mode !== 'mtls' || !isOfMesh || !host.hasMetadata || proxyAt(snapshot.proxies, host.address, proxy) !== null)
      continue;
    // Only an endpoint without the label is worth a look at all the others.
    if (host.metadata(MATCH).tlsMode === 'istio') continue;
    const labelled = labelledIps(proxy);
    if (labelled.size > 0 && !labelled.has(ipOf(host.address))) return { address: host.address, pointer };
  }
  return null;
}

/** The addresses of pods with a sidecar, as far as endpoints of any port say so. */
const labelledIps = oncePer(
  (proxy: ProxyConfig): ReadonlySet<string> =>
    new Set(proxy.active('endpoint').flatMap(({ view }) => view.list('endpoints').flatMap(labelledIn))),
);

function labelledIn(group: View): string[] {
  return group
    .list('lb_endpoints')
    .filter(endpoint => endpoint.path('metadata', 'filter_metadata')?.get(MATCH)?.raw('tlsMode') === 'istio')
    .map(endpoint => ipOf(formatAddress(addressOf(endpoint.path('endpoint', 'address')))));
}

function ipOf(address: string): string {
  return address.slice(0, address.lastIndexOf(':'));
}
