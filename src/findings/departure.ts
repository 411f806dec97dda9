import { serverNameCandidates } from '../match/server-name.js';
import { extensionOf } from '../model/extension.js';
import { oncePer } from '../model/once.js';
import { transportSocketOf } from '../model/transport-socket.js';
import type { View } from '../model/view.js';
import { type Destination, destinationOf, type HostKnowledge, knowledgeOf } from './destination.js';
import { chainsOf } from './listener-chains.js';
import type { TraceScope } from './rule.js';
import { type ServiceAddress, serviceAt } from './service-address.js';

/** Why an outbound request met no rule of the mesh: the first that holds. */
type DepartureCause =
  /** TLS to a port where the mesh expects HTTP. */
  | 'tls-to-http'
  /** Plain HTTP to a port where the mesh expects TLS. */
  | 'http-to-tls'
  /** Bytes that are no HTTP to a service’s port where the mesh expects HTTP. */
  | 'tcp-to-http'
  /** Other sidecars of the snapshot know the host. */
  | 'scope'
  /** A pod’s own address. */
  | 'pod-address'
  /** A service, by its name or address, on a port that it does not have. */
  | 'other-port'
  /** A service on a port that it has. */
  | 'known'
  /** A name that looks like one of the cluster’s, and is none. */
  | 'unknown-name'
  /** A host or address outside. */
  | 'external';

/** An outbound request that went to PassthroughCluster, or was dropped as unknown. */
export interface Departure {
  readonly kind: 'passthrough' | 'blackhole';
  readonly cause: DepartureCause;
  readonly destination: Destination;
  readonly knowledge: HostKnowledge;
  /** The service that the host or the address belongs to; null where none is known. */
  readonly service: ServiceAddress | null;
}

/** How a request left the mesh’s rules; null where it did not, or is not outbound. */
export const departureOf = oncePer((trace: TraceScope): Departure | null => {
  const kind = kindOf(trace);
  if (kind === null) return null;
  const destination = destinationOf(trace.result);
  const knowledge =
    destination.host === null ? { known: null, elsewhere: null, near: [] } : knowledgeOf(trace, destination.host);
  const service = serviceOf(trace, destination, knowledge);
  return { kind, cause: causeOf(trace, destination, knowledge, service), destination, knowledge, service };
});

/** REGISTRY_ONLY answers plain HTTP by virtual host `block_all`, or with 404 where it has none. */
function kindOf({ result, touched }: TraceScope): Departure['kind'] | null {
  if (result.request.direction !== 'outbound' || touched.listener === null) return null;
  if (result.outcome === 'passthrough') return 'passthrough';
  const isBlocked =
    result.reason === 'direct_response' && touched.virtualHost?.virtualHost.string('name') === 'block_all';
  return result.outcome === 'blackholed' || isBlocked || result.reason === 'no_virtual_host' ? 'blackhole' : null;
}

function serviceOf(trace: TraceScope, { host, ip }: Destination, { known }: HostKnowledge): ServiceAddress | null {
  if (known !== null) return { host: known.fqdn, ports: known.ports, isPod: false };
  return host === null && ip !== null ? serviceAt(trace.proxy, trace.snapshot, ip) : null;
}

function causeOf(
  trace: TraceScope,
  destination: Destination,
  { elsewhere }: HostKnowledge,
  service: ServiceAddress | null,
): DepartureCause {
  const mismatch = mismatchOf(trace, destination, service);
  if (mismatch !== null) return mismatch;
  if (elsewhere !== null) return 'scope';
  if (service !== null) {
    if (service.isPod) return 'pod-address';
    return service.ports.includes(destination.port) ? 'known' : 'other-port';
  }
  return destination.host !== null && isClusterName(destination.host) ? 'unknown-name' : 'external';
}

/** What comes, and what the port’s listener serves this very host by instead; null where it does not serve it otherwise. */
function mismatchOf(
  { touched, result: { request } }: TraceScope,
  { host, port }: Destination,
  service: ServiceAddress | null,
): DepartureCause | null {
  if (touched.listener === null) return null;
  const chains = chainsOf(touched.listener).filter(chain => chain.pointer !== touched.chain?.chain.pointer);
  const isHttpPort = service?.ports.includes(port) === true && chains.some(isPlainHttp);
  if (request.tls !== 'plaintext') return isHttpPort ? 'tls-to-http' : null;
  if (request.protocol === 'tcp') return isHttpPort && !service.isPod ? 'tcp-to-http' : null;
  return host !== null && chains.some(chain => takesServerName(chain, host)) ? 'http-to-tls' : null;
}

/** A chain that reads plain HTTP. */
export function isPlainHttp(chain: View): boolean {
  const isHttp = chain.list('filters').some(filter => extensionOf(filter).kind === 'http_connection_manager');
  return isHttp && transportSocketOf(chain).context === null;
}

/** A chain for TLS with the host as its server name. */
function takesServerName(chain: View, host: string): boolean {
  const names = chain.get('filter_chain_match')?.strings('server_names') ?? [];
  return serverNameCandidates(host).some(candidate => names.includes(candidate));
}

/** A single label, or a name under the cluster’s own domain. */
function isClusterName(host: string): boolean {
  return !host.includes('.') || /\.svc(\.|$)|\.(cluster\.)?local$/.test(host);
}
