import { jsonOf } from '../../decode/json.js';
import { boundPorts } from '../../model/listeners.js';
import type { ProxyConfig } from '../../model/proxy.js';
import { proxyAt } from '../../model/proxy-at.js';
import { evidenceOf } from '../../trace/evidence.js';
import { healthOfCluster } from '../cluster-health.js';
import { describeObject } from '../finding.js';
import { edit } from '../kubectl.js';
import { serviceOfCluster } from '../provenance.js';
import type { Rule } from '../rule.js';
import { describeServiceCluster, serviceParts } from '../service-cluster.js';
import { list } from '../words.js';

/**
 * An endpoint’s port that the pod’s containers do not declare, by POD_PORTS in the node metadata of its proxy. Kubernetes does not oblige
 * containers to declare ports, so that this is a hint, and none where a pod declares nothing.
 */
export const targetPortUnserved: Rule = {
  code: 'target-port-unserved',
  cluster: (cluster, { proxy, snapshot }) => {
    if (serviceParts(cluster) === null) return [];
    const hosts = healthOfCluster(proxy, cluster)?.hosts ?? [];
    const unserved = hosts.flatMap(({ address, pointer, resource }) => {
      const pod = proxyAt(snapshot.proxies, address, proxy);
      const port = Number(/:(\d+)$/.exec(address)?.[1]);
      const declared = pod === null ? [] : declaredPorts(pod);
      const isServed = declared.length === 0 || declared.includes(port) || (pod !== null && isGatewayPort(pod, port));
      return isServed || pod === null ? [] : [{ pod, port, declared, evidence: evidenceOf(resource, pointer) }];
    });
    const [first] = unserved;
    if (first === undefined) return [];
    const service = serviceOfCluster(cluster);
    return [
      {
        resource: service,
        evidence: unserved.map(({ evidence }) => evidence),
        why: `${describeServiceCluster(cluster)} sends to port ${first.port} of ${list(
          unserved.map(({ pod }) => pod.name),
          2,
        )}, whose containers declare ${list(first.declared.map(String))}: if nothing listens on ${first.port}, the pod’s own proxy answers 503 UF. (A container need not declare its ports.)`,
        remedy: `Compare targetPort of ${describeObject(service)} with the port that the application listens on (${edit(service)}; \`kubectl exec ${first.pod.node?.pod ?? 'POD'} -n ${first.pod.node?.namespace ?? 'NAMESPACE'} -c istio-proxy -- ss -ltn\`).`,
      },
    ];
  },
};

/** Ports of all containers: a JSON list as a text, or a list. */
function declaredPorts({ node }: ProxyConfig): number[] {
  const raw = node?.metadata.raw('POD_PORTS');
  const items: unknown = typeof raw === 'string' ? jsonOf(raw) : raw;
  if (!Array.isArray(items)) return [];
  return items
    .map(item => Number((item as { containerPort?: unknown } | null)?.containerPort))
    .filter(port => port > 0);
}

/** A gateway’s Envoy is the application: it listens on the ports of its Gateways. */
function isGatewayPort(proxy: ProxyConfig, port: number): boolean {
  return proxy.node?.type !== 'sidecar' && boundPorts(proxy).includes(port);
}
