import { groupedByEach } from '../../model/grouped-by.js';
import { certificateNames, transportSocketOf } from '../../model/transport-socket.js';
import { evidenceOf } from '../../trace/evidence.js';
import { type Draft, describeObject } from '../finding.js';
import { type GatewayServer, gatewayServers } from '../gateway-server.js';
import { edit, show } from '../kubectl.js';
import { describeRoute, originOf } from '../provenance.js';
import type { Rule } from '../rule.js';
import { objectOfSecret } from '../secret-object.js';
import { shadowingsIn } from '../shadowing.js';
import type { VirtualHostSubject } from '../subjects.js';
import { list } from '../words.js';

/**
 * Several Istio objects for one host of a gateway: VirtualServices are merged in an order that nobody promises, and browsers reuse one
 * connection for all hosts of a certificate.
 * https://istio.io/latest/docs/ops/common-problems/network-issues/#404-errors-occur-when-multiple-gateways-configured-with-same-tls-certificate
 */
export const gatewayHostConflict: Rule = {
  code: 'gateway-host-conflict',
  virtualHost: (subject, { proxy }) => (proxy.node?.type === 'router' ? merged(subject) : []),
  listener: (listener, { proxy }) =>
    proxy.node?.type !== 'router'
      ? []
      : [...byCredential(gatewayServers(listener))].flatMap(([secret, servers]) => {
          const gateways = [...new Map(servers.map(({ gateway }) => [describeObject(gateway), gateway])).values()];
          const [first] = gateways;
          if (first === undefined || gateways.length < 2) return [];
          return [
            {
              resource: first,
              evidence: servers.map(({ chain }) => evidenceOf(listener, chain.pointer)),
              why: `${list(gateways.map(describeObject))} use the same certificate (${describeObject(objectOfSecret(proxy, secret))}) on one port: over HTTP/2 a browser sends requests for the hosts of one through the connection of the other, and gets 404.`,
              remedy: `Let one Gateway hold all hosts of the certificate (${show(first)}), or give each its own certificate.`,
            },
          ];
        }),
};

/** Routes of one VirtualService that can never match because another one’s come before. */
function merged(subject: VirtualHostSubject): Draft[] {
  return shadowingsIn(subject).flatMap(({ earlier, earlierIndex, later, laterIndex }) => {
    const [taker, taken] = [originOf(earlier), originOf(later)];
    if (taker === null || taken === null || describeObject(taker) === describeObject(taken)) return [];
    return [
      {
        resource: taken,
        evidence: [evidenceOf(subject.resource, later.pointer), evidenceOf(subject.resource, earlier.pointer)],
        why: `${describeObject(taker)} and ${describeObject(taken)} both serve ${list(subject.virtualHost.strings('domains'), 2)} at this gateway. Istio puts them into one list, the older object first: ${describeRoute({ ...subject, route: earlier, index: earlierIndex })} takes all requests of ${describeRoute({ ...subject, route: later, index: laterIndex })}.`,
        remedy: `Keep the routes of one host in one VirtualService, or let them match different paths (${edit(taken)}, ${edit(taker)}).`,
      },
    ];
  });
}

function byCredential(servers: readonly GatewayServer[]): Map<string, GatewayServer[]> {
  return groupedByEach(servers, ({ chain }) => {
    const { context } = transportSocketOf(chain);
    return context === null ? [] : certificateNames(context);
  });
}
