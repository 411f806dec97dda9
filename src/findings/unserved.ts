import { sameIp } from '../match/cidr.js';
import { addressOf, isWildcard } from '../model/address.js';
import type { Resource } from '../model/resource.js';
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
  const listeners = proxy.all('listener').filter(listener => listener.state === state && concerns(listener, trace));
  const behind = listeners.flatMap(chainsOf).flatMap(clustersOfChain);
  const clusters = new Set([...touched.clusterNames, ...behind.map(({ name }) => name)]);
  const table = stepOf(result, 'route-table')?.name ?? null;
  return [
    ...listeners,
    ...(table === null ? [] : proxy.named('route', table)),
    ...[...clusters].flatMap(name => proxy.named('cluster', name)),
  ].filter(resource => resource.state === state);
}

/** The same listener in another state, or one that is bound to where the request goes. */
function concerns(listener: Resource, { touched, result: { request } }: TraceScope): boolean {
  if (listener.name !== null && listener.name === touched.listener?.name) return true;
  const ip = typeof request.ip === 'string' ? request.ip : null;
  return listener.addresses.map(addressOf).some(address => {
    if (address?.kind !== 'socket' || address.port !== request.port) return false;
    return isWildcard(address.ip) ? !isBoundTo(touched.listener, ip) : ip !== null && sameIp(address.ip, ip);
  });
}

/** A listener of the very address goes before those of every address. */
function isBoundTo(listener: Resource | null, ip: string | null): boolean {
  const bound = listener?.addresses.map(addressOf) ?? [];
  return (
    ip !== null &&
    bound.some(address => address?.kind === 'socket' && !isWildcard(address.ip) && sameIp(address.ip, ip))
  );
}
