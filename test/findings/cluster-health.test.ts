import fc from 'fast-check';
import { expect, it } from 'vitest';
import { healthOfCluster } from '../../src/findings/cluster-health.js';
import { hostsOf } from '../../src/model/hosts.js';
import { lbPolicyOf } from '../../src/model/lb-policy.js';
import { balanceSettings } from '../../src/trace/balance-settings.js';
import { balance } from '../../src/trace/load-balancing.js';
import { lbEndpoint, staticCluster } from '../support/messages.js';
import { minimalProxy } from '../support/minimal-proxy.js';

const endpoint = fc.record({
  health_status: fc.constantFrom('HEALTHY', 'HEALTHY', 'HEALTHY', 'UNHEALTHY', 'DEGRADED'),
  load_balancing_weight: fc.constantFrom(undefined, 1, 5, 0),
});
const group = fc.record({
  priority: fc.constantFrom(undefined, 0, 1),
  load_balancing_weight: fc.constantFrom(undefined, 1, 3),
  endpoints: fc.array(endpoint, { maxLength: 3 }),
});
const policy = fc.record({
  overprovisioning_factor: fc.constantFrom(undefined, 100, 140, 20),
  weighted_priority_health: fc.constantFrom(undefined, true),
});
const common = fc.constantFrom(
  undefined,
  { locality_weighted_lb_config: {} },
  { healthy_panic_threshold: { value: 0 } },
);

it('a cluster is usable and panics as the load balancer says, worked out or not (property)', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(group, { maxLength: 3 }), policy, common, async (groups, assigned, common_lb_config) => {
      const load_assignment = {
        cluster_name: 'c',
        policy: assigned,
        endpoints: groups.map(({ endpoints, ...rest }, i) => ({
          ...rest,
          lb_endpoints: endpoints.map((more, j) => lbEndpoint(`10.0.${i}.${j}:80`, more)),
        })),
      };
      const proxy = await minimalProxy({ clusters: [staticCluster('c', [], { load_assignment, common_lb_config })] });
      const cluster = proxy.find('cluster', 'c');
      if (cluster === undefined) throw new Error('the proxy has the cluster');
      const set = hostsOf(proxy, cluster);
      const settings = balanceSettings(cluster.view, lbPolicyOf(cluster.view), set);
      const { isEmpty, panicking } = balance([{ hosts: set.hosts, settings }], settings.panicThreshold);
      expect(healthOfCluster(proxy, cluster)).toMatchObject({ isUnusable: isEmpty, isPanicking: panicking.length > 0 });
    }),
    { numRuns: 400 },
  );
});
