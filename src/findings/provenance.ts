import type { ProxyConfig } from '../model/proxy.js';
import type { Resource } from '../model/resource.js';
import { clusterParts } from '../model/services.js';
import type { View } from '../model/view.js';
import type { ObjectRef } from './finding.js';
import type { RouteSubject } from './subjects.js';

/** Stands for a name that a configuration does not hold: Envoy learns what an EnvoyFilter or Sidecar does, never what it is called. */
export const UNKNOWN_NAME = '(unknown)';

/** Stands for an object that does not exist and may have to be made. */
export const NO_OBJECT = '(none)';

const KINDS: Record<string, string> = {
  'virtual-service': 'VirtualService',
  'destination-rule': 'DestinationRule',
  'service-entry': 'ServiceEntry',
};

/**
 * The Istio object behind a route or cluster, from `metadata.filter_metadata.istio.config`
 * (`/apis/networking.istio.io/v1/namespaces/NS/virtual-service/NAME`); null where Istio made it from services alone.
 */
export function originOf(view: View): ObjectRef | null {
  const config = view.path('metadata', 'filter_metadata', 'istio')?.string('config') ?? '';
  const [, namespace, kind, name] = /namespaces\/([^/]+)\/([^/]+)\/([^/]+)$/.exec(config) ?? [];
  if (namespace === undefined || kind === undefined || name === undefined) return null;
  return { kind: KINDS[kind] ?? kind, namespace, name };
}

/** The object that a route comes from, or the route table where nothing tells. */
export function routeOwner({ route, table, resource }: RouteSubject): ObjectRef {
  return originOf(route) ?? { kind: 'route', namespace: null, name: table.string('name') ?? resource.name ?? '' };
}

/** A route in words: `route canary of VirtualService shop/catalog`, `route 2 of table 8080`. */
export function describeRoute(subject: RouteSubject): string {
  const name = subject.route.string('name');
  const own = name === undefined || name === 'default' ? `route ${subject.index}` : `route ${name}`;
  const owner = routeOwner(subject);
  return owner.kind === 'route'
    ? `${own} of route table ${owner.name}`
    : `${own} of ${owner.kind} ${owner.namespace}/${owner.name}`;
}

/** A Kubernetes Service by its host, `NAME.NAMESPACE.svc.DOMAIN`; a ServiceEntry’s host for others, whose object’s name nothing tells. */
export function serviceOfHost(host: string): ObjectRef {
  const [, name, namespace] = /^([^.]+)\.([^.]+)\.svc(\.|$)/.exec(host) ?? [];
  return name === undefined || namespace === undefined
    ? { kind: 'ServiceEntry', namespace: null, name: host }
    : { kind: 'Service', namespace, name };
}

/** The service behind a cluster, from its metadata or its name; the cluster itself where it is not Istio’s. */
export function serviceOfCluster(cluster: Resource): ObjectRef {
  const listed = cluster.view.path('metadata', 'filter_metadata', 'istio')?.list('services')[0];
  const host = listed?.string('host') ?? clusterParts(cluster.name ?? '')?.host ?? '';
  if (host === '') return { kind: 'cluster', namespace: null, name: cluster.name ?? '' };
  const named = serviceOfHost(host);
  if (named.kind === 'Service' || listed === undefined) return named;
  return { kind: 'ServiceEntry', namespace: listed.string('namespace') ?? null, name: listed.string('name') ?? host };
}

/** The workload of a proxy. */
export function podOf(proxy: ProxyConfig): ObjectRef {
  const { node } = proxy;
  return { kind: 'Pod', namespace: node?.namespace ?? null, name: node?.pod ?? proxy.name };
}
