import type { ProxyConfig } from '../model/proxy.js';
import type { ObjectRef } from './finding.js';
import { podOf } from './provenance.js';

/** The name under which Istio’s agent serves the workload’s own certificate. */
export const WORKLOAD = 'default';
/** The same for the mesh’s root. */
const ROOT = 'ROOTCA';

/**
 * The object behind an SDS secret: `kubernetes://NAME` and `kubernetes-gateway://NAMESPACE/NAME` are Kubernetes Secrets (with `-cacert` for the
 * client CA of mutual TLS), `default` is the workload’s own certificate, `ROOTCA` the mesh’s root.
 * https://istio.io/latest/docs/tasks/traffic-management/ingress/secure-ingress/
 */
export function objectOfSecret(proxy: ProxyConfig, secret: string): ObjectRef {
  const [, path] = /^kubernetes(?:-gateway)?:\/\/(.+)$/.exec(secret) ?? [];
  const own = proxy.node?.namespace ?? null;
  if (path !== undefined) {
    const [first = '', second] = path.split('/');
    return { kind: 'Secret', namespace: second === undefined ? own : first, name: second ?? first };
  }
  if (secret === WORKLOAD) return podOf(proxy);
  if (secret === ROOT) return { kind: 'Secret', namespace: 'istio-system', name: 'cacerts' };
  return { kind: 'Secret', namespace: own, name: secret };
}

/** Whether a secret is one that Istio itself issues and renews. */
export function isIssuedByMesh(secret: string): boolean {
  return secret === WORKLOAD || secret === ROOT;
}
