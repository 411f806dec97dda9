import { evidenceOf, quote } from '../trace/evidence.js';
import type { Departure } from './departure.js';
import { type Draft, describeObject } from './finding.js';
import { edit, listAll } from './kubectl.js';
import { NO_OBJECT, serviceOf } from './provenance.js';
import type { TraceScope } from './rule.js';
import { list } from './words.js';

/** Evidence that a request left by: the chain, the virtual host, or the listener. */
export function departureEvidence({ touched }: TraceScope): Draft['evidence'] {
  const { listener, chain, virtualHost } = touched;
  if (virtualHost !== null) return [evidenceOf(virtualHost.resource, virtualHost.virtualHost.pointer)];
  if (chain !== null) return [evidenceOf(chain.listener, chain.chain.pointer)];
  return listener === null ? [] : [evidenceOf(listener)];
}

/** What egress-passthrough and egress-blackhole have in common: the service’s right port, or a ServiceEntry that is missing. */
export function egressDraft(trace: TraceScope, departure: Departure, effect: string, ending: string): Draft {
  const { destination, service, cause } = departure;
  const evidence = departureEvidence(trace);
  if (service !== null && cause === 'other-port') {
    const object = serviceOf(trace.proxy, service.host);
    const ports = list(service.ports.map(String));
    return {
      severity: 'error',
      resource: object,
      evidence,
      why: `Port ${destination.port} is no port of ${describeObject(object)}, which has ${ports}. ${effect}`,
      remedy: `Call port ${ports}, or add port ${destination.port} to ${describeObject(object)} (${edit(object)}).`,
    };
  }
  if (service !== null && cause === 'tcp-to-http') {
    const object = serviceOf(trace.proxy, service.host);
    return {
      severity: 'warning',
      resource: object,
      evidence,
      why: `Port ${destination.port} of ${describeObject(object)} is declared as HTTP, and what the client sends is not HTTP: no filter chain but the default one takes it. ${effect}`,
      remedy: `Where the client does speak HTTP, trace it with protocol http. Where raw TCP is meant, name the port \`tcp-…\` or set \`appProtocol: tcp\` (${edit(object)}).`,
    };
  }
  if (service !== null && cause === 'known') {
    const object = serviceOf(trace.proxy, service.host);
    return {
      severity: 'warning',
      resource: object,
      evidence,
      why: `${describeObject(object)} has port ${destination.port}, and no listener or virtual host of this proxy takes the request to it. ${effect}`,
      remedy: `Look at the other findings: a listener that was refused or waits is the usual cause. See which listeners there are (\`istioctl proxy-config listeners ${quote(trace.proxy.name)} --port ${destination.port}\`).`,
    };
  }
  const namespace = trace.proxy.node?.namespace ?? null;
  return {
    resource: { kind: 'ServiceEntry', namespace, name: NO_OBJECT },
    evidence,
    why: `No service and no ServiceEntry that this proxy knows declares ${destination.text}. ${effect}`,
    remedy: `${ending} See first whether there is one (${listAll('ServiceEntry', null)}).`,
  };
}
