import type { Resource } from '../model/resource.js';
import { clusterParts } from '../model/services.js';
import { clustersOfHost, portsOfHost, type ServiceCluster, serviceHosts } from './clusters.js';
import { nearHosts } from './near-hosts.js';
import type { Scope } from './rule.js';

/** Why a cluster that is named does not serve: the first that holds. */
export type MissingCluster =
  /** Envoy has it and waits for more, or refused it. */
  | { readonly why: 'warming' | 'rejected'; readonly resource: Resource }
  /** Pilot has it, Envoy does not. */
  | { readonly why: 'not-pushed'; readonly resource: Resource }
  /** The service has the port, and no such subset. */
  | {
      readonly why: 'subset';
      readonly subset: string;
      readonly host: string;
      readonly others: readonly ServiceCluster[];
    }
  /** The service has other ports. */
  | { readonly why: 'port'; readonly port: number; readonly host: string; readonly ports: readonly number[] }
  /** Other sidecars know the service, this one does not. */
  | { readonly why: 'scope'; readonly host: string; readonly proxies: readonly string[] }
  /** Nobody knows the service. */
  | { readonly why: 'host'; readonly host: string; readonly near: readonly string[] }
  /** Its name is not one of Istio’s. */
  | { readonly why: 'unknown' };

/** Says why a cluster is missing; null where it serves, or the dump does not tell. */
export function missingCluster({ proxy, snapshot }: Scope, name: string): MissingCluster | null {
  if (proxy.find('cluster', name) !== undefined || proxy.has('cluster') !== 'complete') return null;
  const waiting = proxy.named('cluster', name)[0];
  if (waiting !== undefined) return { why: waiting.state === 'error' ? 'rejected' : 'warming', resource: waiting };
  const planned = snapshot.pilot.get(proxy.name)?.find('cluster', name);
  if (planned !== undefined) return { why: 'not-pushed', resource: planned };
  const parts = clusterParts(name);
  if (parts === null || parts.direction !== 'outbound') return { why: 'unknown' };
  const { host, port, subset } = parts;
  const others = clustersOfHost(proxy, host);
  if (others.some(other => other.port === port))
    return { why: 'subset', subset, host, others: others.filter(other => other.port === port) };
  if (others.length > 0) return { why: 'port', port, host, ports: portsOfHost(proxy, host) };
  const knowing = snapshot.proxies.filter(
    other => other.node?.type === 'sidecar' && clustersOfHost(other, host).length > 0,
  );
  if (knowing.length > 0 && proxy.node?.type === 'sidecar')
    return { why: 'scope', host, proxies: knowing.map(other => other.name) };
  return { why: 'host', host, near: nearHosts(host, serviceHosts(proxy)) };
}
