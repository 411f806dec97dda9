import type { ListedProxy, SyncState, TypeStatus } from '../../decode/proxy-status/status.js';
import { type IstioVersion, istioVersion } from './version.js';

export type ProxyKind = 'sidecar' | 'gateway' | 'waypoint' | 'ztunnel';

const GATEWAY = /gateway|(^|-)(ingress|egress)(-|\.)/;

/** What the node type says, else the name as Istio's charts and the Gateway API's deployments give it. */
export function kindOf(proxy: ListedProxy): ProxyKind {
  if (proxy.kind === 'router') return 'gateway';
  if (proxy.kind === 'sidecar' || proxy.kind === 'waypoint' || proxy.kind === 'ztunnel') return proxy.kind;
  if (proxy.name.startsWith('ztunnel')) return 'ztunnel';
  if (proxy.name.includes('waypoint')) return 'waypoint';
  return GATEWAY.test(proxy.name) ? 'gateway' : 'sidecar';
}

/** The version of the control plane, where the listing tells it, else the proxy's, which is near. */
export function eraOf(proxy: ListedProxy): IstioVersion | null {
  return istioVersion(proxy.istiodVersion) ?? istioVersion(proxy.version);
}

/** The types of a proxy that are in a state. */
export function typesIn(proxy: ListedProxy, state: SyncState): [type: string, status: TypeStatus][] {
  return Object.entries(proxy.types).filter(([, status]) => status.state === state);
}

const KUBERNETES_NAME = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/;

interface PodName {
  readonly pod: string;
  readonly namespace: string;
}

/** The parts of `pod.namespace`; null where a name from a listing is no name that may stand in a command. */
function podName(name: string): PodName | null {
  const dot = name.lastIndexOf('.');
  return dot > 0 && KUBERNETES_NAME.test(name) ? { pod: name.slice(0, dot), namespace: name.slice(dot + 1) } : null;
}

/** The command that shows what a proxy's Envoy says about xDS. */
export function logCommands(name: string, pattern: string): string[] {
  const pod = podName(name);
  return pod === null ? [] : [`kubectl logs ${pod.pod} -n ${pod.namespace} -c istio-proxy | grep -iE '${pattern}'`];
}

/** The command that compares what istiod would send with what a proxy runs. */
export function diffCommands(name: string): string[] {
  return podName(name) === null ? [] : [`mesh-trace diff ${name}`];
}

/** The command that shows whether a pod runs. */
export function podCommands(name: string): string[] {
  const pod = podName(name);
  return pod === null ? [] : [`kubectl get pod ${pod.pod} -n ${pod.namespace}`];
}
