import type { Node } from './node.js';
import { View } from './view.js';

/** A connection as iptables sees it; `ip` is null where the destination's address is not known. */
export interface Captured {
  readonly direction: 'outbound' | 'inbound';
  readonly ip: string | null;
  readonly port: number;
}

/** Whether a CIDR, `10.0.0.0/8`, holds an address; handed in, so that the model compares no addresses itself. */
type Contains = (cidr: string, ip: string) => boolean;

/**
 * Why iptables would not bring a connection to Envoy, from the interception mode and the pod's annotations in the node's metadata; null
 * where it would. The order is that of the rules that istio-iptables writes.
 * https://istio.io/latest/docs/reference/config/annotations/ (traffic.sidecar.istio.io)
 */
export function notCaptured(node: Node | null, connection: Captured, contains: Contains): string | null {
  if (node?.metadata.string('INTERCEPTION_MODE') === 'NONE')
    return 'interception mode NONE: nothing redirects traffic to Envoy';
  const annotation = annotationsOf(node);
  return connection.direction === 'inbound'
    ? inboundLeftOut(annotation, ownPorts(node), connection.port)
    : outboundLeftOut(annotation, connection, contains);
}

/** The value of a pod annotation below `traffic.sidecar.istio.io/`, undefined where there is none. */
type Annotation = (name: string) => string | undefined;

function annotationsOf(node: Node | null): Annotation {
  const annotations = node?.metadata.get('ANNOTATIONS') ?? new View({}, '');
  return name => {
    const value = annotations.value[`traffic.sidecar.istio.io/${name}`];
    return typeof value === 'string' ? value : undefined;
  };
}

/**
 * Where Istio answers for the proxy itself: readiness, Envoy's metrics, the agent's health and merged metrics. Its injection template leaves
 * these ports out beside those of `excludeInboundPorts` (istio/istio manifests/charts/istio-control/istio-discovery/files/injection-template.yaml).
 */
function ownPorts(node: Node | null): readonly (number | undefined)[] {
  const { metadata } = node ?? {};
  return [
    metadata?.number('ENVOY_STATUS_PORT'),
    metadata?.number('ENVOY_PROMETHEUS_PORT'),
    metadata?.get('PROXY_CONFIG')?.number('statusPort'),
  ];
}

/** Ports that are left out count only where every port is included. */
function inboundLeftOut(annotation: Annotation, own: readonly (number | undefined)[], port: number): string | null {
  const included = annotation('includeInboundPorts');
  if (included !== undefined && included.trim() !== '*')
    return listsPort(included, port) ? null : `annotation includeInboundPorts does not name port ${port}`;
  if (own.includes(port)) return `Istio keeps port ${port} for itself and leaves it out`;
  return listsPort(annotation('excludeInboundPorts') ?? '', port)
    ? `annotation excludeInboundPorts excludes port ${port}`
    : null;
}

/** Excluded ports and ranges come before included ones; an included port is redirected whatever its address. */
function outboundLeftOut(annotation: Annotation, { ip, port }: Captured, contains: Contains): string | null {
  if (listsPort(annotation('excludeOutboundPorts') ?? '', port))
    return `annotation excludeOutboundPorts excludes port ${port}`;
  if (ip === null) return null;
  const holds = (ranges: string) => ranges.split(',').some(range => range.trim() === '*' || contains(range.trim(), ip));
  if (holds(annotation('excludeOutboundIPRanges') ?? '')) return `annotation excludeOutboundIPRanges excludes ${ip}`;
  if (listsPort(annotation('includeOutboundPorts') ?? '', port)) return null;
  return holds(annotation('includeOutboundIPRanges') ?? '*')
    ? null
    : `annotation includeOutboundIPRanges does not hold ${ip}`;
}

/** Whether an annotation's port list, `80,443,3000-3010` or `*`, names a port. */
function listsPort(list: string, port: number): boolean {
  return list.split(',').some(item => {
    const [from, to] = item.trim().split('-').map(Number);
    if (item.trim() === '*') return true;
    return from !== undefined && port >= from && port <= (to ?? from) && item.trim() !== '';
  });
}
