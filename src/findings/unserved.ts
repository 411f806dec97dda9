import { sameIp } from '../match/cidr.js';
import { addressOf, isWildcard } from '../model/address.js';
import { oncePer } from '../model/once.js';
import type { Resource } from '../model/resource.js';
import { clusterParts, searchNames } from '../model/services.js';
import { destinationOf } from './destination.js';
import { chainsOf } from './listener-chains.js';
import { clustersOfChain } from './route-clusters.js';
import type { TraceScope } from './rule.js';
import { stepOf } from './touched.js';

type Unserved = 'error' | 'warming';

/**
 * Listeners, route tables and clusters in a state that does not serve, which the request would have used: listeners for its destination,
 * what the names on its way lead to, and newer versions of what it did use.
 */
export function unservedOnTheWay(trace: TraceScope, state: Unserved): Resource[] {
  const { proxy, touched, result } = trace;
  const listeners = unserved(proxy.all('listener')).filter(
    listener => listener.state === state && concerns(listener, trace),
  );
  const behind = listeners.flatMap(chainsOf).flatMap(clustersOfChain);
  const clusters = new Set([...touched.clusterNames, ...behind.map(({ name }) => name)]);
  const table = stepOf(result, 'route-table')?.name ?? null;
  return [
    ...listeners,
    ...(table === null ? [] : proxy.named('route', table)),
    ...[...clusters].flatMap(name => proxy.named('cluster', name)),
  ].filter(resource => resource.state === state);
}

/** Few proxies have any. */
const unserved = oncePer((resources: readonly Resource[]) => resources.filter(({ state }) => state !== 'active'));

/** Whether a listener that does not serve is the same in another state, or bound to where the request goes. */
export function concerns(listener: Resource, trace: TraceScope): boolean {
  const { touched, result } = trace;
  if (listener.name !== null && listener.name === touched.listener?.name) return true;
  const ip = typeof result.request.ip === 'string' ? result.request.ip : null;
  return listener.addresses.map(addressOf).some(address => {
    if (address?.kind !== 'socket' || address.port !== result.request.port) return false;
    if (isWildcard(address.ip)) return !isBoundTo(touched.listener, ip);
    return ip === null ? leadsToHost(listener, trace) : sameIp(address.ip, ip);
  });
}

/** The address of a service whose only listener does not serve is not known: its clusters tell whose it is, where the request names a host. */
function leadsToHost(listener: Resource, { proxy, result }: TraceScope): boolean {
  const { host } = destinationOf(result);
  if (host === null) return true;
  const names = searchNames(host, proxy.node?.dnsDomain ?? null);
  return chainsOf(listener)
    .flatMap(clustersOfChain)
    .some(({ name }) => names.includes(clusterParts(name)?.host ?? ''));
}

/** A listener of the very address goes before those of every address. */
function isBoundTo(listener: Resource | null, ip: string | null): boolean {
  const bound = listener?.addresses.map(addressOf) ?? [];
  return (
    ip !== null &&
    bound.some(address => address?.kind === 'socket' && !isWildcard(address.ip) && sameIp(address.ip, ip))
  );
}
