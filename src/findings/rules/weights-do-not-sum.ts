import { evidenceOf } from '../../trace/evidence.js';
import { edit } from '../kubectl.js';
import { describeRoute, routeOwner } from '../provenance.js';
import type { Rule } from '../rule.js';
import { sentence } from '../words.js';

/**
 * Weights whose sum is 0, or not the total that the route says: Envoy refuses such a route, or shares otherwise than meant.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/route/v3/route_components.proto#config-route-v3-weightedcluster (total_weight)
 */
export const weightsDoNotSum: Rule = {
  code: 'weights-do-not-sum',
  route: subject => {
    const weighted = subject.route.get('route')?.get('weighted_clusters');
    if (weighted === undefined) return [];
    const weights = weighted.list('clusters').map(cluster => cluster.number('weight') ?? 0);
    const sum = weights.reduce((total, weight) => total + weight, 0);
    const total = weighted.number('total_weight') ?? sum;
    if (sum > 0 && total === sum) return [];
    const owner = routeOwner(subject);
    return [
      {
        resource: owner,
        evidence: [evidenceOf(subject.resource, weighted.pointer)],
        why: `${sentence(describeRoute(subject))} has the weights ${weights.join(', ')}, in sum ${sum}${sum === 0 ? '' : ` where ${total} is promised`}: ${sum === 0 ? 'Envoy refuses a route without any weight' : 'older Envoys refuse such a route, newer ones share by the sum'}.`,
        remedy: `Let the weights add up to 100 (${edit(owner)}).`,
      },
    ];
  },
};
