/** Who a dump is of, as its first bytes tell. */
export interface NodeHead {
  /** `pod.namespace`. */
  readonly name: string;
  readonly addresses: readonly string[];
}

const ID = /"?\bid"?\s*:\s*"?(?:sidecar|router|ingress|waypoint|ztunnel)~([^~"\s]*)~([^~"\s]+)~/;
const INSTANCE_IPS = /"?\b(?:ISTIO_META_)?INSTANCE_IPS"?\s*:\s*"?([\da-fA-F.:,]+)/;

/**
 * The proxy that the beginning of a dump names by its node id: Envoy puts the bootstrap first. Null where it does not show,
 * which says nothing. Form of the id: istio/istio pilot/pkg/model/context.go (ServiceNode).
 */
export function nodeHead(text: string): NodeHead | null {
  const [, ip = '', name] = ID.exec(text) ?? [];
  if (name === undefined) return null;
  const listed = INSTANCE_IPS.exec(text)?.[1]?.split(',') ?? [];
  return { name, addresses: [...new Set([ip, ...listed])].filter(address => address !== '') };
}
