import { clusterKind } from '../../model/cluster-kind.js';
import { proxyAt } from '../../model/proxy-at.js';
import { evidenceOf } from '../../trace/evidence.js';
import { departureOf } from '../departure.js';
import { departureEvidence } from '../egress-draft.js';
import { describeObject } from '../finding.js';
import { podOf, serviceOfCluster, serviceOfHost } from '../provenance.js';
import type { Rule } from '../rule.js';
import { serviceParts } from '../service-cluster.js';

/** Requests to a pod’s own address: DNS of a headless service gives such ones, or the client has it from elsewhere. */
export const headlessServicePodIp: Rule = {
  code: 'headless-service-pod-ip',
  cluster: cluster => {
    if (clusterKind(cluster.view) !== 'original_dst' || serviceParts(cluster) === null) return [];
    const service = serviceOfCluster(cluster);
    // A ServiceEntry of resolution NONE, which a wildcard host needs, has such a cluster too, and no pods.
    if (service.kind !== 'Service') return [];
    return [
      {
        resource: service,
        evidence: [evidenceOf(cluster)],
        why: `${describeObject(service)} is headless: its name resolves to its pods’ own addresses, and each request goes to the very pod that the client picked. Load balancing, subsets and outlier detection have no effect.`,
        remedy:
          'Where this is meant (databases, peers that know each other), nothing is to be done. Else give the service a cluster IP.',
      },
    ];
  },
  trace: trace => {
    const departure = departureOf(trace);
    if (departure?.cause !== 'pod-address' || departure.service === null) return [];
    const { destination, service } = departure;
    const pod = proxyAt(trace.snapshot.proxies, destination.ip ?? '', trace.proxy);
    return [
      {
        severity: 'warning',
        resource: pod !== null && service.ports.length === 0 ? podOf(pod) : serviceOfHost(service.host),
        evidence: departureEvidence(trace),
        why: `${destination.ip} is the address of a pod${service.ports.length === 0 ? '' : ` of ${service.host}`}, not of a service: no route, subset, retry or mutual TLS of the mesh applies, and after a restart the address is another pod’s or nobody’s.`,
        remedy: `Call the service by its name${service.ports.length === 0 ? '' : ` (${service.host})`}.`,
      },
    ];
  },
};
