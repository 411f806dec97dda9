import { fractionHolds, fractionOf } from '../../match/fraction.js';
import type { View } from '../../model/view.js';
import { placeIn } from '../evidence.js';
import type { UsableHosts } from '../hosts.js';
import { percent } from '../percent.js';
import type { Tracing } from '../tracing.js';

/**
 * `drop_overloads` of a load assignment: the router answers a part of the HTTP requests itself, before a host is chosen. True where this one
 * is dropped. https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/endpoint/v3/endpoint.proto (ClusterLoadAssignment.Policy)
 */
export function dropOverload(trace: Tracing, { pools }: UsableHosts): boolean {
  const drop = trace.isTcp ? undefined : pools[0]?.policy?.list('drop_overloads')[0];
  const fraction = drop?.get('drop_percentage');
  if (drop === undefined || fraction === undefined || fractionOf(fraction) === 0) return false;
  const part = fractionOf(fraction);
  const option = trace.choices.pick([1 - part, part], random => (fractionHolds(fraction, random) ? 1 : 0));
  if (option === 0) return false;
  const why = `the load assignment drops ${percent(part)} of the requests${categoryOf(drop)}`;
  trace.step('endpoints', 'rejected', { name: trace.cluster, ...placeIn(pools[0]?.source, drop.pointer), why });
  trace.finish('overload_dropped', why);
  return true;
}

function categoryOf(drop: View): string {
  const category = drop.string('category') ?? '';
  return category === '' ? '' : ` (category ${category})`;
}
