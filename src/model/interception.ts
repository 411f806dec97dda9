import type { Node } from './node.js';
import { View } from './view.js';

/** Why iptables would not bring a connection to Envoy, from the pod's annotations in the node's metadata; null where it would. */
export function notCaptured(node: Node | null, direction: 'outbound' | 'inbound', port: number): string | null {
  if (node === null) return null;
  const mode = node.metadata.string('INTERCEPTION_MODE');
  if (mode === 'NONE') return 'interception mode NONE: nothing redirects traffic to Envoy';
  const annotations = node.metadata.get('ANNOTATIONS') ?? new View({}, '');
  const name =
    direction === 'outbound'
      ? 'traffic.sidecar.istio.io/excludeOutboundPorts'
      : 'traffic.sidecar.istio.io/excludeInboundPorts';
  const excluded = annotations.value[name];
  if (typeof excluded === 'string' && listsPort(excluded, port)) return `annotation ${name} excludes port ${port}`;
  return null;
}

/** Whether an annotation's port list, `80,443,3000-3010` or `*`, names a port. */
export function listsPort(list: string, port: number): boolean {
  return list.split(',').some(item => {
    const [from, to] = item.trim().split('-').map(Number);
    if (item.trim() === '*') return true;
    return from !== undefined && port >= from && port <= (to ?? from) && item.trim() !== '';
  });
}
