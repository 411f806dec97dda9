import { evidenceOf } from '../../trace/evidence.js';
import { departureOf } from '../departure.js';
import { departureEvidence } from '../egress-draft.js';
import type { Draft } from '../finding.js';
import { listAll } from '../kubectl.js';
import { missingCluster } from '../missing-cluster.js';
import { describeRoute, serviceOfHost, UNKNOWN_NAME } from '../provenance.js';
import { clustersOfRoute } from '../route-clusters.js';
import type { Rule, Scope } from '../rule.js';
import { list } from '../words.js';

/**
 * A host that other sidecars have and this one has not: a Sidecar resource leaves it out, or its exportTo does.
 * https://istio.io/latest/docs/reference/config/networking/sidecar/
 */
export const sidecarScopeMissingHost: Rule = {
  code: 'sidecar-scope-missing-host',
  route: (subject, scope) =>
    clustersOfRoute(subject.route).flatMap(({ name, pointer }) => {
      const missing = missingCluster(scope, name);
      if (missing?.why !== 'scope') return [];
      const evidence = [evidenceOf(subject.resource, pointer)];
      return [
        draftOf(
          scope,
          missing.host,
          missing.proxies,
          evidence,
          `${describeRoute(subject)} needs it, and ends in 503 NC.`,
        ),
      ];
    }),
  trace: trace => {
    const departure = departureOf(trace);
    const elsewhere = departure?.knowledge.elsewhere ?? null;
    if (departure?.cause !== 'scope' || elsewhere === null) return [];
    const effect =
      departure.kind === 'blackhole' ? 'It is dropped as unknown.' : 'It goes on without the mesh’s rules.';
    return [draftOf(trace, elsewhere.fqdn, elsewhere.proxies, departureEvidence(trace), effect)];
  },
};

function draftOf(
  { proxy }: Scope,
  host: string,
  knowing: readonly string[],
  evidence: Draft['evidence'],
  effect: string,
): Draft {
  const namespace = proxy.node?.namespace ?? null;
  return {
    resource: { kind: 'Sidecar', namespace, name: UNKNOWN_NAME },
    evidence,
    why: `${host} is not in the configuration of ${proxy.name}, and is in that of ${list(knowing, 2)}: the Sidecar resource that applies here does not import it, or the service is not exported to this namespace. ${effect}`,
    remedy: `Add \`${serviceOfHost(host).namespace ?? '*'}/${host}\` to \`egress.hosts\` of the Sidecar that selects this pod (${listAll('Sidecar', namespace)}), else of the one in the control plane’s namespace. Where there is none, see \`exportTo\` of the Service or ServiceEntry.`,
  };
}
