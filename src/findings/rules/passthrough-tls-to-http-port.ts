import { departureOf, isPlainHttp } from '../departure.js';
import { destinationOf, requestObject } from '../destination.js';
import { departureEvidence } from '../egress-draft.js';
import { chainsOf } from '../listener-chains.js';
import type { Rule, TraceScope } from '../rule.js';

/** TLS to a port that the mesh serves as plain HTTP: the request is not read, so that no route of the mesh takes it. */
export const passthroughTlsToHttpPort: Rule = {
  code: 'passthrough-tls-to-http-port',
  trace: trace => {
    const { result } = trace;
    if (result.request.tls === 'plaintext' || result.request.direction === 'inbound') return [];
    const departure = departureOf(trace);
    const isUnread = departure === null && isRefused(trace);
    if (departure?.cause !== 'tls-to-http' && !isUnread) return [];
    const { text, port } = destinationOf(result);
    const effect = isUnread
      ? 'Envoy cannot read the bytes as HTTP and closes the connection.'
      : departure?.kind === 'blackhole'
        ? 'No chain for TLS is there, and the connection is dropped.'
        : 'The connection goes past all routes to the address itself, without the mesh’s mutual TLS, and the server gets TLS that it does not speak.';
    return [
      {
        resource: requestObject(result),
        evidence: departureEvidence(trace),
        why: `The client speaks TLS to ${text}, where the mesh expects plain HTTP on port ${port}. ${effect}`,
        remedy: `Call it by http:// (the mesh encrypts by itself), or, where the server really speaks TLS, name the service’s port \`https-…\` or \`tls-…\` or set \`appProtocol: https\`.`,
      },
    ];
  },
};

/** All chains read plain HTTP, or the one that took the connection does. */
function isRefused({ result, touched }: TraceScope): boolean {
  if (result.outcome !== 'closed' || touched.listener === null) return false;
  const chains = touched.chain === null ? chainsOf(touched.listener) : [touched.chain.chain];
  return chains.length > 0 && chains.every(isPlainHttp);
}
