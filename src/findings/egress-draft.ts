import { evidenceOf, quote } from '../trace/evidence.js';
import { type Departure, departureOf } from './departure.js';
import { type Draft, describeObject } from './finding.js';
import { edit, listAll } from './kubectl.js';
import { NO_OBJECT, serviceOf } from './provenance.js';
import type { TraceScope } from './rule.js';
import type { ServiceAddress } from './service-address.js';
import { list } from './words.js';

/** Evidence that a request left by: the chain, the virtual host, or the listener. */
export function departureEvidence({ touched }: TraceScope): Draft['evidence'] {
  const { listener, chain, virtualHost } = touched;
  if (virtualHost !== null) return [evidenceOf(virtualHost.resource, virtualHost.virtualHost.pointer)];
  if (chain !== null) return [evidenceOf(chain.listener, chain.chain.pointer)];
  return listener === null ? [] : [evidenceOf(listener)];
}

/** Where a request that left the mesh’s rules is told as that alone: other causes have findings of their own. */
const EGRESS: ReadonlySet<string> = new Set(['tcp-to-http', 'other-port', 'known', 'unknown-name', 'external']);

/**
 * What egress-passthrough and egress-blackhole have in common: the service’s right port, how it is declared, or a ServiceEntry that is missing.
 *
 * @param effect what becomes of such a request
 * @param ending what to do where a ServiceEntry is missing
 */
export function egressDrafts(trace: TraceScope, kind: Departure['kind'], effect: string, ending: string): Draft[] {
  const departure = departureOf(trace);
  if (departure?.kind !== kind || !EGRESS.has(departure.cause)) return [];
  const { destination, service } = departure;
  const evidence = departureEvidence(trace);
  const known = service === null ? null : ofService(trace, departure, service);
  if (known !== null) return [{ ...known, evidence, why: `${known.why} ${effect}` }];
  const namespace = trace.proxy.node?.namespace ?? null;
  return [
    {
      resource: { kind: 'ServiceEntry', namespace, name: NO_OBJECT },
      evidence,
      why: `No service and no ServiceEntry that this proxy knows declares ${destination.text}. ${effect}`,
      remedy: `${ending} See first whether there is one (${listAll('ServiceEntry', null)}).`,
    },
  ];
}

/** What is wrong with the way to a service that the proxy knows; null for other causes. */
function ofService(
  { proxy }: TraceScope,
  { destination: { port }, cause }: Departure,
  { host, ports: declared }: ServiceAddress,
): Omit<Draft, 'evidence'> | null {
  const resource = serviceOf(proxy, host);
  const name = describeObject(resource);
  const ports = list(declared.map(String));
  switch (cause) {
    case 'other-port':
      return {
        severity: 'error',
        resource,
        why: `Port ${port} is no port of ${name}, which has ${ports}.`,
        remedy: `Call port ${ports}, or add port ${port} to ${name} (${edit(resource)}).`,
      };
    case 'tcp-to-http':
      return {
        severity: 'warning',
        resource,
        why: `Port ${port} of ${name} is declared as HTTP, and what the client sends is not HTTP: no filter chain but the default one takes it.`,
        remedy: `Where the client does speak HTTP, trace it with protocol http. Where raw TCP is meant, name the port \`tcp-…\` or set \`appProtocol: tcp\` (${edit(resource)}).`,
      };
    case 'known':
      return {
        severity: 'warning',
        resource,
        why: `${name} has port ${port}, and no listener or virtual host of this proxy takes the request to it.`,
        remedy: `Look at the other findings: a listener that was refused or waits is the usual cause. See which listeners there are (\`istioctl proxy-config listeners ${quote(proxy.name)} --port ${port}\`).`,
      };
    default:
      return null;
  }
}
