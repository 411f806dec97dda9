import { evidenceOf, istioctl } from '../../trace/evidence.js';
import { healthOfCluster } from '../cluster-health.js';
import { serviceOfCluster } from '../provenance.js';
import type { Rule } from '../rule.js';
import { describeServiceCluster } from '../service-cluster.js';
import { count } from '../words.js';

/** A cluster with endpoints of which Envoy may use none, for other reasons than ejection alone. */
export const noHealthyEndpoints: Rule = {
  code: 'no-healthy-endpoints',
  cluster: (cluster, { proxy }) => {
    const health = healthOfCluster(proxy, cluster);
    if (health === null || !health.isUnusable || health.hosts.length === 0) return [];
    if (health.ejected.length === health.hosts.length) return [];
    const states = health.hosts.map(({ address, status }) => `${address} ${status}`);
    const why =
      health.panicThreshold === 0
        ? 'with a panic threshold of 0 Envoy uses none of them'
        : 'fail_traffic_on_panic forbids to use them';
    return [
      {
        resource: serviceOfCluster(cluster),
        evidence: [...(health.source === null ? [] : [evidenceOf(health.source)]), evidenceOf(cluster)],
        why: `${describeServiceCluster(cluster)} has ${count(health.hosts.length, 'endpoint')} and none is healthy (${states.slice(0, 5).join(', ')}): ${why}. Requests end in 503 UH.`,
        remedy: `See what the health checks say (\`${istioctl.endpoints(proxy.name, cluster.name ?? '')}\`) and mend the pods behind it.`,
      },
    ];
  },
};
