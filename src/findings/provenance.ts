import type { ProxyConfig } from '../model/proxy.js';
import type { Resource } from '../model/resource.js';
import { clusterParts } from '../model/services.js';
import type { View } from '../model/view.js';
import { clustersOfHost } from './clusters.js';
import type { ObjectRef } from './finding.js';
import type { RouteSubject } from './subjects.js';

/** Stands for a name that a configuration does not hold: Envoy learns what an EnvoyFilter or Sidecar does, never what it is called. */
export const UNKNOWN_NAME = '(unknown)';

/** Whether a name stands for one that is not known: in round brackets, which no object’s name has. */
export function isNameless({ name }: ObjectRef): boolean {
  return name.startsWith('(');
}

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

/** A Kubernetes Service by its host, `NAME.NAMESPACE.svc.DOMAIN`; for others the ServiceEntry with this host, whose own name nothing tells. */
export function serviceOfHost(host: string): ObjectRef {
  const [, name, namespace] = /^([^.]+)\.([^.]+)\.svc(\.|$)/.exec(host) ?? [];
  return name === undefined || namespace === undefined
    ? { kind: 'ServiceEntry', namespace: null, name: `(host ${host})` }
    : { kind: 'Service', namespace, name };
}

/**
 * The service behind a cluster, from its metadata or its name; the cluster itself where it is not Istio’s. In the metadata of a
 * ServiceEntry’s cluster Istio writes the host for the name, and the object’s namespace.
 */
export function serviceOfCluster(cluster: Resource): ObjectRef {
  const listed = cluster.view.path('metadata', 'filter_metadata', 'istio')?.list('services')[0];
  const host = listed?.string('host') ?? clusterParts(cluster.name ?? '')?.host ?? '';
  if (host === '') return { kind: 'cluster', namespace: null, name: cluster.name ?? '' };
  const named = serviceOfHost(host);
  if (named.kind === 'Service' || listed === undefined) return named;
  const name = listed.string('name') ?? host;
  return { ...named, namespace: listed.string('namespace') ?? null, ...(name === host ? {} : { name }) };
}

/** The service of a host, by its clusters where the proxy has some: they tell the namespace. */
export function serviceOf(proxy: ProxyConfig, host: string): ObjectRef {
  const [known] = clustersOfHost(proxy, host);
  return known === undefined ? serviceOfHost(host) : serviceOfCluster(known.cluster);
}

/** The workload of a proxy. */
export function podOf(proxy: ProxyConfig): ObjectRef {
  const { node } = proxy;
  return { kind: 'Pod', namespace: node?.namespace ?? null, name: node?.pod ?? proxy.name };
}
