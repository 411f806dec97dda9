import { clusterKind, isDnsKind } from '../../model/cluster-kind.js';
import { hostsOf } from '../../model/hosts.js';
import { evidenceOf } from '../../trace/evidence.js';
import { describeObject } from '../finding.js';
import { show } from '../kubectl.js';
import { serviceOfHost } from '../provenance.js';
import type { Rule } from '../rule.js';
import { serviceParts } from '../service-cluster.js';

/**
 * A service of type ExternalName: Istio gives it a DNS cluster for another host, and the client’s Host header goes there unchanged.
 * https://kubernetes.io/docs/concepts/services-networking/service/#externalname
 */
export const externalNameService: Rule = {
  code: 'external-name-service',
  cluster: (cluster, { proxy }) => {
    const parts = serviceParts(cluster);
    if (parts === null || !isDnsKind(clusterKind(cluster.view))) return [];
    const service = serviceOfHost(parts.host);
    const target = hostsOf(proxy, cluster).hosts.map(({ address, hostname }) => hostname || address)[0];
    if (service.kind !== 'Service' || target === undefined) return [];
    return [
      {
        resource: service,
        evidence: [evidenceOf(cluster)],
        why: `${describeObject(service)} is an alias (ExternalName) for ${target}. The server there gets the Host header ${parts.host}, which it may not know, and no mutual TLS.`,
        remedy: `Rewrite the authority in a VirtualService, or call the host itself and declare it in a ServiceEntry (${show(service)}).`,
      },
    ];
  },
};
