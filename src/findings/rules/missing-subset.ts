import { evidenceOf } from '../../trace/evidence.js';
import { percent } from '../../trace/percent.js';
import type { ServiceCluster } from '../clusters.js';
import type { Draft, ObjectRef } from '../finding.js';
import { describeObject } from '../finding.js';
import { edit, listAll } from '../kubectl.js';
import { missingCluster } from '../missing-cluster.js';
import { describeRoute, originOf, routeOwner, serviceOfHost } from '../provenance.js';
import { clustersOfRoute, type NamedCluster } from '../route-clusters.js';
import type { Rule, Scope } from '../rule.js';
import type { RouteSubject } from '../subjects.js';
import { list } from '../words.js';

/** A route to a subset whose cluster Istio did not make: no DestinationRule defines the subset. */
export const missingSubset: Rule = {
  code: 'missing-subset',
  route: (subject, scope) => clustersOfRoute(subject.route).flatMap(named => check(subject, named, scope)),
};

function check(subject: RouteSubject, named: NamedCluster, scope: Scope): Draft[] {
  const missing = missingCluster(scope, named.name);
  if (missing?.why !== 'subset' || missing.subset === '') return [];
  const { subset, host, others } = missing;
  const rule = others.map(({ cluster }) => originOf(cluster.view)).find(origin => origin?.kind === 'DestinationRule');
  const owner = routeOwner(subject);
  const share = named.share < 1 ? ` with ${percent(named.share)} of its requests` : '';
  const needs = `${describeRoute(subject)} needs it${share}`;
  return [
    {
      resource: rule ?? owner,
      evidence: [
        evidenceOf(subject.resource, named.pointer),
        ...others.slice(0, 1).map(({ cluster }) => evidenceOf(cluster)),
      ],
      why: `${ruleHas(rule ?? null, host)} no subset ${subset}; ${needs}. Envoy has no cluster ${named.name} and answers 503 NC.`,
      remedy: remedy(rule ?? null, owner, subset, host, others),
    },
  ];
}

function ruleHas(rule: ObjectRef | null, host: string): string {
  return rule === null ? `No DestinationRule applies to ${host}, so that it has` : `${describeObject(rule)} has`;
}

function remedy(
  rule: ObjectRef | null,
  owner: ObjectRef,
  subset: string,
  host: string,
  others: readonly ServiceCluster[],
): string {
  const known = others.map(other => other.subset).filter(name => name !== '');
  const there = known.length === 0 ? '' : ` Subsets that there are: ${list(known)}.`;
  if (rule !== null) {
    const other =
      owner.kind === 'VirtualService' ? `, or take it out of ${describeObject(owner)} (${edit(owner)})` : '';
    return `Add subset ${subset} to ${describeObject(rule)} (${edit(rule)})${other}.${there}`;
  }
  const { namespace } = serviceOfHost(host);
  return `Make a DestinationRule for host ${host} with subset ${subset}, or route without a subset (${edit(owner)}). See first whether there is one (${listAll('DestinationRule', namespace)}).`;
}
