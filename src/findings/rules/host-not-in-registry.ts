import { departureOf } from '../departure.js';
import { departureEvidence } from '../egress-draft.js';
import { listAll } from '../kubectl.js';
import { NO_OBJECT, serviceOfHost } from '../provenance.js';
import type { Rule } from '../rule.js';
import { didYouMean } from '../words.js';

/** A name that looks like one of the cluster’s, and that this proxy knows no service for. */
export const hostNotInRegistry: Rule = {
  code: 'host-not-in-registry',
  trace: trace => {
    const departure = departureOf(trace);
    if (departure?.cause !== 'unknown-name') return [];
    const { destination, knowledge } = departure;
    return [
      {
        resource: { kind: 'Service', namespace: trace.proxy.node?.namespace ?? null, name: NO_OBJECT },
        evidence: departureEvidence(trace),
        why: `${destination.host} is no service that this proxy knows, under none of the names that the pod’s resolver would try.${didYouMean(knowledge.near)}`,
        remedy: `${otherNamespace(destination.host ?? '', knowledge.near)} See which services there are (${listAll('Service', null)}).`,
      },
    ];
  },
};

/** The same service in another namespace is what was meant most often. */
function otherNamespace(host: string, near: readonly string[]): string {
  const same = near.map(serviceOfHost).find(({ kind, name }) => kind === 'Service' && name === host.split('.')[0]);
  return same === undefined
    ? 'Correct the name, with the namespace where the service is in another one (`NAME.NAMESPACE`).'
    : `Service ${same.name} is in namespace ${same.namespace}: call it as \`${same.name}.${same.namespace}\`.`;
}
