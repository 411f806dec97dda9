import { evidenceOf } from '../../trace/evidence.js';
import { healthOfCluster } from '../cluster-health.js';
import { edit } from '../kubectl.js';
import { describeRoute, routeOwner } from '../provenance.js';
import { mirrorsOfRoute } from '../route-clusters.js';
import type { Rule, Scope } from '../rule.js';
import { sentence } from '../words.js';

/** A mirror that nobody sees: Envoy drops what it cannot mirror without a word. */
export const mirrorTargetMissing: Rule = {
  code: 'mirror-target-missing',
  route: (subject, scope) =>
    mirrorsOfRoute(subject.route).flatMap(({ name, pointer }) => {
      const problem = problemOf(name, scope);
      if (problem === null) return [];
      const owner = routeOwner(subject);
      return [
        {
          resource: owner,
          evidence: [evidenceOf(subject.resource, pointer)],
          why: `${sentence(describeRoute(subject))} mirrors requests to ${name}, which ${problem}. The requests themselves are not touched; their copies go nowhere.`,
          remedy: `Give the mirror a destination that exists and has pods, or take it out (${edit(owner)}).`,
        },
      ];
    }),
};

function problemOf(name: string, { proxy }: Scope): string | null {
  const cluster = proxy.find('cluster', name);
  if (cluster === undefined) return proxy.has('cluster') === 'complete' ? 'does not exist' : null;
  const health = healthOfCluster(proxy, cluster);
  if (health === null) return null;
  if (health.hosts.length === 0) return 'has no endpoints';
  return health.isUnusable ? 'has no healthy endpoint' : null;
}
