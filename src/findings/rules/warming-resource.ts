import type { Resource } from '../../model/resource.js';
import { evidenceOf, istioctl } from '../../trace/evidence.js';
import { type Draft, describeObject } from '../finding.js';
import { istiodLog, show } from '../kubectl.js';
import { serviceOfCluster } from '../provenance.js';
import type { Rule, Scope, TraceScope } from '../rule.js';
import { secretNames } from '../secret-names.js';
import { isIssuedByMesh, objectOfSecret } from '../secret-object.js';
import { unservedOnTheWay } from '../unserved.js';

/**
 * Listeners, clusters and secrets that do not serve yet because something they need has not come: a secret, endpoints, a route table.
 * https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/operations/init (warming)
 */
export const warmingResource: Rule = {
  code: 'warming-resource',
  proxy: scope =>
    (['secret', 'cluster', 'listener'] as const)
      .flatMap(kind => scope.proxy.all(kind).filter(resource => waits(resource, scope)))
      .map(resource => draftOf(resource, scope)),
  trace: trace => [
    ...secretsOf(trace),
    ...unservedOnTheWay(trace, 'warming')
      .filter(resource => waits(resource, trace))
      .map(resource => draftOf(resource, trace)),
  ],
};

/** What Envoy refused as well has a finding of its own. */
function waits({ kind, name, state }: Resource, { proxy }: Scope): boolean {
  return state === 'warming' && (name === null || proxy.named(kind, name).every(other => other.state !== 'error'));
}

/** Secrets that the TLS of the chain, and of the clusters, waits for. */
function secretsOf(trace: TraceScope): Draft[] {
  return secretNames(trace.touched)
    .filter(name => trace.proxy.find('secret', name) === undefined)
    .flatMap(name => trace.proxy.named('secret', name).filter(({ state }) => state === 'warming'))
    .map(resource => draftOf(resource, trace));
}

function draftOf(resource: Resource, { proxy }: Scope): Draft {
  const evidence = [evidenceOf(resource)];
  const name = resource.name ?? '';
  if (resource.kind === 'secret') return secretDraft(name, proxy.name, objectOfSecret(proxy, name), evidence);
  const serving = proxy.find(resource.kind, name);
  const effect = serving === undefined ? 'Until then it does not serve.' : 'Until then the version before serves.';
  const isCluster = resource.kind === 'cluster';
  const command = isCluster ? istioctl.endpoints(proxy.name, name) : istioctl.secrets(proxy.name);
  return {
    resource: isCluster ? serviceOfCluster(resource) : { kind: resource.kind, namespace: null, name },
    evidence,
    why: `${isCluster ? 'Cluster' : 'Listener'} ${name} is warming: it waits for ${isCluster ? 'its endpoints or a certificate' : 'a route table, a certificate or a filter’s configuration'}. ${effect}`,
    remedy: `See what it waits for (\`${command}\`), and whether istiod sent it (\`istioctl proxy-status\`, ${istiodLog(proxy.name)}).`,
  };
}

function secretDraft(name: string, proxy: string, object: Draft['resource'], evidence: Draft['evidence']): Draft {
  if (object === null || isIssuedByMesh(name)) {
    return {
      resource: object,
      evidence,
      why: `Secret ${name} has not come: the proxy has no certificate from the mesh’s CA, and takes no mutual TLS.`,
      remedy: `See what the agent got (\`istioctl proxy-config secret ${proxy}\`), and why it gets no more in the log of istio-proxy in the pod and in istiod’s (${istiodLog(proxy)}).`,
    };
  }
  return {
    resource: object,
    evidence,
    why: `Secret ${name} has not come: ${describeObject(object)} does not exist, is not readable for the gateway, or holds no certificate. TLS connections to what uses it are closed.`,
    remedy: `See whether it is there (${show(object)}); a gateway’s credentialName must name a Secret in the gateway’s own namespace. Make it where it is missing (\`kubectl create secret tls ${object.name} -n ${object.namespace ?? 'NAMESPACE'} --cert=FILE --key=FILE\`).`,
  };
}
