import { clusterKind } from '../../model/cluster-kind.js';
import { evidenceOf } from '../../trace/evidence.js';
import { fetchDump } from '../fetch-dump.js';
import { podOf } from '../provenance.js';
import type { Rule, Scope } from '../rule.js';

/** Envoy’s `/config_dump` leaves EDS out unless it is asked: nothing can be said of endpoints. A dump that breaks off may have had them. */
export const dumpWithoutEndpoints: Rule = {
  code: 'dump-without-endpoints',
  proxy: scope => without(scope),
  trace: trace =>
    trace.result.steps.some(({ hop }) => hop === 'cluster' || hop === 'endpoints') ? without(trace) : [],
};

function without({ proxy }: Scope) {
  const isCut = proxy.documents.some(({ broken }) => broken !== null);
  if (isCut || proxy.has('endpoint') !== 'absent' || proxy.has('cluster-status') !== 'absent') return [];
  const cluster = proxy.active('cluster').find(({ view }) => clusterKind(view) === 'eds');
  if (cluster === undefined) return [];
  return [
    {
      resource: podOf(proxy),
      evidence: [evidenceOf(cluster)],
      why: 'The dump has clusters that take their endpoints from EDS, and no endpoints: whether a service has any, and whether they are healthy, cannot be told.',
      remedy: `Fetch it with endpoints (${fetchDump(proxy)}), or ask Envoy’s admin interface for \`/config_dump?include_eds\` and \`/clusters?format=json\`.`,
    },
  ];
}
