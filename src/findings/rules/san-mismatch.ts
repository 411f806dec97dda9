import { matchString } from '../../match/string-matcher.js';
import { certificatesOf } from '../../model/certificate.js';
import { clusterKind } from '../../model/cluster-kind.js';
import { hostsOf } from '../../model/hosts.js';
import type { ProxyConfig } from '../../model/proxy.js';
import { proxyAt } from '../../model/proxy-at.js';
import type { Resource } from '../../model/resource.js';
import { validationContext } from '../../model/transport-socket.js';
import { View } from '../../model/view.js';
import { evidenceOf } from '../../trace/evidence.js';
import { socketFor } from '../../trace/upstream-socket.js';
import { type Draft, describeObject } from '../finding.js';
import { edit } from '../kubectl.js';
import { originOf, serviceOfCluster } from '../provenance.js';
import type { Rule } from '../rule.js';
import { WORKLOAD } from '../secret-object.js';
import { serviceParts } from '../service-cluster.js';
import { list } from '../words.js';

/**
 * The identities that the client’s cluster accepts, against the certificate of the proxies behind it.
 * https://istio.io/latest/docs/reference/config/networking/destination-rule/#ClientTLSSettings (subjectAltNames)
 */
export const sanMismatch: Rule = {
  code: 'san-mismatch',
  cluster: (cluster, scope) => {
    if (serviceParts(cluster) === null || clusterKind(cluster.view) !== 'eds') return [];
    for (const host of hostsOf(scope.proxy, cluster).hosts) {
      const server = proxyAt(scope.snapshot.proxies, host.address, scope.proxy);
      if (server?.node?.type !== 'sidecar') continue;
      const { socket, mode, pointer } = socketFor(cluster.view, host);
      if (mode !== 'mtls' || socket.context === null) continue;
      const expected = expectedNames(socket.context);
      const shown = shownNames(server);
      const fits = shown.some(name => expected.some(matcher => matchString(matcher, name).result === true));
      if (expected.length > 0 && shown.length > 0 && !fits) return [draftOf(cluster, server, expected, shown, pointer)];
    }
    return [];
  },
};

function draftOf(
  cluster: Resource,
  server: ProxyConfig,
  expected: readonly View[],
  shown: readonly string[],
  pointer: string,
): Draft {
  const rule = originOf(cluster.view);
  const wanted = list(
    expected.map(matcher => Object.values(matcher.value).map(String).join(' ')),
    3,
    'or',
  );
  return {
    resource: rule ?? serviceOfCluster(cluster),
    evidence: [evidenceOf(cluster, pointer)],
    why: `${rule === null ? `Cluster ${cluster.name ?? ''}` : describeObject(rule)} accepts ${wanted} only, and ${server.name} shows a certificate for ${list(shown)}: the client’s Envoy refuses the handshake (503 UF).`,
    remedy:
      rule === null
        ? 'istiod knows the service accounts of the pods behind the service: see that the pods run under the one that is meant (`kubectl get pods -o custom-columns=NAME:.metadata.name,SA:.spec.serviceAccountName`).'
        : `Correct \`tls.subjectAltNames\` in ${describeObject(rule)} (${edit(rule)}), or run the pods under the service account that it names.`,
  };
}

/** `match_typed_subject_alt_names`, `match_subject_alt_names`, and v2’s `verify_subject_alt_name`, as string matchers. */
function expectedNames(context: View): View[] {
  const validation = validationContext(context);
  if (validation === null) return [];
  const typed = validation.list('match_typed_subject_alt_names').flatMap(item => item.get('matcher') ?? []);
  const exact = validation
    .strings('verify_subject_alt_name')
    .map(name => new View({ exact: name }, validation.pointer));
  return [...typed, ...validation.list('match_subject_alt_names'), ...exact];
}

/** The names of a workload’s certificate; where the dump holds none, the identity that Istio gives to its service account. */
function shownNames(server: ProxyConfig): readonly string[] {
  const [leaf] = certificatesOf(server, WORKLOAD);
  if (leaf !== undefined) return leaf.names;
  const { node } = server;
  if (node?.serviceAccount == null || node.namespace === null) return [];
  const trustDomain = node.metadata.string('MESH_ID') ?? 'cluster.local';
  return [`spiffe://${trustDomain}/ns/${node.namespace}/sa/${node.serviceAccount}`];
}
