import type { Resource } from '../model/resource.js';
import type { Evidence } from './result.js';

/** Evidence for a claim about a resource, or about a part of it at `pointer`. */
export function evidenceOf(resource: Resource, pointer: string = resource.pointer): Evidence {
  return { document: resource.document, pointer, kind: resource.kind, name: resource.name };
}

/** Evidence from a resource that may not be known; what a hop that chose nothing looked at. */
export function evidenceIn(resource: Resource | null | undefined, pointer?: string): Evidence[] {
  return resource === null || resource === undefined ? [] : [evidenceOf(resource, pointer)];
}

/** The place in a resource that a hop decided by, and the evidence for it; empty where the resource is not known. */
export function placeIn(
  resource: Resource | null | undefined,
  pointer?: string,
): { readonly pointer?: string; readonly evidence?: Evidence[] } {
  const [evidence] = evidenceIn(resource, pointer);
  return evidence === undefined ? {} : { pointer: evidence.pointer, evidence: [evidence] };
}

/** `istioctl proxy-config` commands that show the same in a live cluster. */
export const istioctl = {
  allListeners: (proxy: string) => `istioctl proxy-config listeners ${quote(proxy)}`,
  listeners: (proxy: string, port: number) => `istioctl proxy-config listeners ${quote(proxy)} --port ${port} -o json`,
  routes: (proxy: string, name: string) => `istioctl proxy-config routes ${quote(proxy)} --name ${quote(name)} -o json`,
  clusters: (proxy: string, cluster: string) =>
    `istioctl proxy-config clusters ${quote(proxy)} ${clusterFilter(cluster)}-o json`,
  endpoints: (proxy: string, cluster: string) =>
    `istioctl proxy-config endpoints ${quote(proxy)} --cluster ${quote(cluster)} -o json`,
  bootstrap: (proxy: string) => `istioctl proxy-config bootstrap ${quote(proxy)} -o json`,
  secrets: (proxy: string) => `istioctl proxy-config secret ${quote(proxy)} -o json`,
} as const;

/** istioctl filters clusters by the parts of Istio's `direction|port|subset|host` names. */
function clusterFilter(cluster: string): string {
  const [direction, port, subset, host] = cluster.split('|');
  if (host === undefined || port === undefined) return '';
  const filters = [`--direction ${quote(direction ?? '')}`, `--port ${quote(port)}`];
  if (host !== '') filters.push(`--fqdn ${quote(host)}`);
  if (subset !== undefined && subset !== '') filters.push(`--subset ${quote(subset)}`);
  return `${filters.join(' ')} `;
}

/** Quotes a word for a POSIX shell where it needs it. */
export function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
