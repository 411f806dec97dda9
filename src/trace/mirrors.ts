import { runtimeFraction } from '../match/fraction.js';
import type { View } from '../model/view.js';
import { firstValue } from './headers.js';
import { runtimeOf } from './runtime.js';
import type { Tracing } from './tracing.js';

/**
 * Where copies of the request go: the route's mirrors, else the virtual host's, else the route table's (v2: the route's single
 * `request_mirror_policy`). A mirror whose cluster a header names is left out where the request lacks the header.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/route/v3/route_components.proto#config-route-v3-routeaction-requestmirrorpolicy
 */
export function mirrorsOf(trace: Tracing, action: View): Tracing['mirrors'] {
  const own = [...action.list('request_mirror_policies'), ...action.list('request_mirror_policy')];
  const holders = [trace.virtualHost, trace.routeTable?.view];
  const inherited = holders.map(holder => holder?.list('request_mirror_policies') ?? []);
  const policies = [own, ...inherited].find(list => list.length > 0) ?? [];
  return policies.flatMap(policy => {
    const cluster = clusterOf(trace, policy);
    return cluster === undefined
      ? []
      : [{ cluster, share: runtimeFraction(policy.get('runtime_fraction'), runtimeOf(trace.proxy)) ?? 1 }];
  });
}

function clusterOf(trace: Tracing, policy: View): string | undefined {
  const cluster = policy.string('cluster') ?? '';
  if (cluster !== '') return cluster;
  return firstValue(trace, policy.string('cluster_header') ?? '') || undefined;
}
