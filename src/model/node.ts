import { View } from './view.js';

export type NodeType = 'sidecar' | 'router' | 'waypoint' | 'ztunnel' | 'unknown';

/** Who a proxy is, from the bootstrap's node: https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/core/v3/base.proto#config-core-v3-node */
export interface Node {
  readonly id: string;
  readonly type: NodeType;
  /** Pod IP; null when the id does not tell. */
  readonly ip: string | null;
  readonly pod: string | null;
  readonly namespace: string | null;
  /** DNS suffix of the pod's namespace: `default.svc.cluster.local`. */
  readonly dnsDomain: string | null;
  readonly istioVersion: string | null;
  /** Envoy's own version, `1.38.1`; null for builds that name a commit only. */
  readonly envoyVersion: string | null;
  readonly serviceAccount: string | null;
  readonly locality: { readonly region: string; readonly zone: string; readonly subZone: string };
  readonly metadata: View;
}

/**
 * Reads a node message; null where it has no id. Istio's ids are `TYPE~IP~POD.NAMESPACE~DNS-DOMAIN`
 * (istio/istio pilot/pkg/model/context.go, ServiceNode); others are taken as they are.
 */
export function readNode(node: View | undefined): Node | null {
  const id = node?.string('id');
  if (node === undefined || id === undefined) return null;
  const metadata = node.get('metadata') ?? new View({}, node.at('metadata'));
  const parts = id.split('~');
  const isIstio = parts.length >= 4;
  const name = isIstio
    ? splitName(parts[2] ?? '')
    : { pod: metadata.string('POD_NAME') ?? null, namespace: metadata.string('NAMESPACE') ?? null };
  return {
    id,
    type: isIstio ? nodeType(parts[0] ?? '') : 'unknown',
    ip: isIstio ? (parts[1] ?? null) : null,
    ...name,
    dnsDomain: isIstio ? (parts[3] ?? null) : null,
    istioVersion: metadata.string('ISTIO_VERSION') ?? null,
    envoyVersion: envoyVersion(node),
    serviceAccount: metadata.string('SERVICE_ACCOUNT') ?? null,
    locality: localityOf(node.get('locality')),
    metadata,
  };
}

/** The name that a proxy goes by: `pod.namespace`, or its id where it is not Istio's. */
export function nodeName({ pod, namespace, id }: Node): string {
  return pod !== null && namespace !== null ? `${pod}.${namespace}` : id;
}

/** All addresses of the pod: the id's own and the metadata's INSTANCE_IPS. */
export function nodeAddresses(node: Node): string[] {
  const listed = node.metadata.string('INSTANCE_IPS') ?? node.metadata.string('ISTIO_META_INSTANCE_IPS') ?? '';
  const all = [node.ip ?? '', ...listed.split(',')].map(ip => ip.trim()).filter(ip => ip !== '');
  return [...new Set(all)];
}

/** A message's `locality` fields; empty strings where unset. */
export function localityOf(locality: View | undefined): { region: string; zone: string; subZone: string } {
  return {
    region: locality?.string('region') ?? '',
    zone: locality?.string('zone') ?? '',
    subZone: locality?.string('sub_zone') ?? '',
  };
}

/** The pod's name cannot hold a dot in practice, so the namespace follows the last one. */
export function splitName(name: string): { pod: string | null; namespace: string | null } {
  const dot = name.lastIndexOf('.');
  return dot < 0 ? { pod: name, namespace: null } : { pod: name.slice(0, dot), namespace: name.slice(dot + 1) };
}

function nodeType(type: string): NodeType {
  if (type === 'ingress') return 'router';
  return type === 'sidecar' || type === 'router' || type === 'waypoint' || type === 'ztunnel' ? type : 'unknown';
}

function envoyVersion(node: View): string | null {
  const version = node.path('user_agent_build_version', 'version');
  if (version !== undefined) {
    return `${version.number('major_number') ?? 0}.${version.number('minor_number') ?? 0}.${version.number('patch') ?? 0}`;
  }
  return /(?:^|\/)(\d+\.\d+\.\d+)/.exec(node.string('build_version') ?? '')?.[1] ?? null;
}
