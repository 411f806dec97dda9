import { evidenceOf, istioctl } from '../../trace/evidence.js';
import { healthOfCluster } from '../cluster-health.js';
import { serviceOfCluster } from '../provenance.js';
import type { Rule } from '../rule.js';
import { describeServiceCluster } from '../service-cluster.js';

/**
 * Fewer healthy endpoints than the panic threshold: Envoy sends to unhealthy ones as well. With one endpoint there is no choice to make.
 * https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/upstream/load_balancing/panic_threshold
 */
export const panicMode: Rule = {
  code: 'panic-mode',
  cluster: (cluster, { proxy }) => {
    const health = healthOfCluster(proxy, cluster);
    if (health === null || !health.isPanicking || health.isUnusable) return [];
    const { hosts, unhealthy, panicThreshold, source } = health;
    return [
      {
        severity: hosts.length > 1 ? ('warning' as const) : ('info' as const),
        resource: serviceOfCluster(cluster),
        evidence: [...(source === null ? [] : [evidenceOf(source)]), evidenceOf(cluster)],
        why:
          hosts.length > 1
            ? `${unhealthy.length} of ${hosts.length} endpoints of ${describeServiceCluster(cluster)} are not healthy, and fewer than ${panicThreshold} % are: Envoy ignores health and sends to all of them, so that a part of the requests fails.`
            : `The only endpoint of ${describeServiceCluster(cluster)} is not healthy: Envoy ignores its health and sends to it all the same.`,
        remedy: `Mend the endpoints that are not healthy (\`${istioctl.endpoints(proxy.name, cluster.name ?? '')}\`).`,
      },
    ];
  },
};
