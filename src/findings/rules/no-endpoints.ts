import type { Resource } from '../../model/resource.js';
import { evidenceOf } from '../../trace/evidence.js';
import { healthOfCluster } from '../cluster-health.js';
import { clustersOfHost } from '../clusters.js';
import { type Draft, describeObject } from '../finding.js';
import { show } from '../kubectl.js';
import { originOf, serviceOfCluster } from '../provenance.js';
import type { Rule, Scope } from '../rule.js';
import { describeServiceCluster, serviceParts } from '../service-cluster.js';

/** A service’s cluster that EDS gives no address for: no ready pod is behind it. A wildcard host can have none. */
export const noEndpoints: Rule = {
  code: 'no-endpoints',
  cluster: (cluster, scope) => {
    const health = healthOfCluster(scope.proxy, cluster);
    const parts = serviceParts(cluster);
    if (health === null || health.hosts.length > 0 || parts === null || parts.host.startsWith('*')) return [];
    return [draftOf(cluster, scope)];
  },
};

function draftOf(cluster: Resource, scope: Scope): Draft {
  const service = serviceOfCluster(cluster);
  const rule = originOf(cluster.view);
  const isSubset = serviceHasEndpoints(cluster, scope);
  const what = describeServiceCluster(cluster);
  const evidence = [evidenceOf(cluster)];
  if (isSubset && rule !== null) {
    return {
      resource: rule,
      evidence,
      why: `${what}: pods of the service are there, and none has the labels that ${describeObject(rule)} asks for in this subset. Requests to it end in 503 UH.`,
      remedy: `Compare the subset’s labels (${show(rule)}) with those of the pods (\`kubectl get pods -n ${service.namespace ?? 'NAMESPACE'} --show-labels\`), and correct the one that is wrong.`,
    };
  }
  return {
    resource: service,
    evidence,
    why: `${what} has no endpoints: the service is known, and no ready pod stands behind it. Requests to it end in 503 UH.`,
    remedy:
      service.kind === 'Service'
        ? `Compare the selector of ${describeObject(service)} (${show(service)}) with the labels of the pods (\`kubectl get pods -n ${service.namespace} --show-labels\`), and see whether they are ready (\`kubectl get endpointslices -n ${service.namespace} -l kubernetes.io/service-name=${service.name}\`).`
        : `Give ${describeObject(service)} endpoints, or a workloadSelector that selects something.`,
  };
}

/** Whether the same service has endpoints without the subset. */
function serviceHasEndpoints(cluster: Resource, { proxy }: Scope): boolean {
  const parts = serviceParts(cluster);
  if (parts === null || parts.subset === '') return false;
  const whole = clustersOfHost(proxy, parts.host).find(other => other.port === parts.port && other.subset === '');
  const health = whole === undefined ? null : healthOfCluster(proxy, whole.cluster);
  return health !== null && health.hosts.length > 0;
}
