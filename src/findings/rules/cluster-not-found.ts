import { evidenceOf } from '../../trace/evidence.js';
import { type Draft, describeObject, type ObjectRef } from '../finding.js';
import { edit, listAll } from '../kubectl.js';
import { type MissingCluster, missingCluster } from '../missing-cluster.js';
import { describeRoute, routeOwner, serviceOfHost } from '../provenance.js';
import { clustersOfChain, clustersOfRoute, type NamedCluster } from '../route-clusters.js';
import type { Rule, Scope } from '../rule.js';
import { didYouMean, list, sentence } from '../words.js';

/** A route or TCP proxy to a cluster that nobody made: the host or port of the destination does not exist. */
export const clusterNotFound: Rule = {
  code: 'cluster-not-found',
  route: (subject, scope) =>
    clustersOfRoute(subject.route).flatMap(named =>
      check(named, scope, {
        owner: routeOwner(subject),
        words: describeRoute(subject),
        effect: 'It answers 503 NC.',
        evidence: evidenceOf(subject.resource, named.pointer),
      }),
    ),
  chain: ({ listener, chain }, scope) =>
    clustersOfChain(chain).flatMap(named =>
      check(named, scope, {
        owner: { kind: 'listener', namespace: null, name: listener.name ?? '' },
        words: `the TCP proxy of listener ${listener.name ?? ''}`,
        effect: 'It closes the connection.',
        evidence: evidenceOf(listener, named.pointer),
      }),
    ),
};

interface Holder {
  readonly owner: ObjectRef;
  readonly words: string;
  readonly effect: string;
  readonly evidence: Draft['evidence'][number];
}

function check(named: NamedCluster, scope: Scope, holder: Holder): Draft[] {
  const missing = missingCluster(scope, named.name);
  if (missing === null || (missing.why === 'subset' && missing.subset !== '')) return [];
  const cause = causeOf(missing, holder.owner);
  if (cause === null) return [];
  return [
    {
      resource: holder.owner,
      evidence: [holder.evidence],
      why: `${sentence(holder.words)} names cluster ${named.name}, which this Envoy does not have: ${cause.why}. ${holder.effect}`,
      remedy: cause.remedy,
    },
  ];
}

/** Null where another rule tells the cause: what waits, was rejected, was not pushed, or is out of scope. */
function causeOf(missing: MissingCluster, owner: ObjectRef): { why: string; remedy: string } | null {
  const change =
    owner.kind === 'VirtualService'
      ? `Correct the destination in ${describeObject(owner)} (${edit(owner)})`
      : 'Correct what names it';
  switch (missing.why) {
    case 'port': {
      const ports = list(missing.ports.map(String));
      const service = serviceOfHost(missing.host);
      return {
        why: `${missing.host} has port ${ports}, not ${missing.port}`,
        remedy: `${change}: use port ${ports}, or add port ${missing.port} to ${describeObject(service)}.`,
      };
    }
    case 'host': {
      const service = serviceOfHost(missing.host);
      return {
        why: `the mesh knows no host ${missing.host}`,
        remedy: `${change}: the destination host must be a service or ServiceEntry that exists.${didYouMean(missing.near)} See which there are (${listAll('Service', service.kind === 'Service' ? service.namespace : null)}).`,
      };
    }
    case 'subset':
      return { why: 'the service has subsets only', remedy: `${change}.` };
    case 'unknown':
      return {
        why: 'nobody made it',
        remedy: `${change}, or add the cluster where the others are made (a ServiceEntry, an EnvoyFilter, the bootstrap).`,
      };
    default:
      return null;
  }
}
