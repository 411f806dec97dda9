import { transportSocketOf } from '../../model/transport-socket.js';
import type { View } from '../../model/view.js';
import { departureOf } from '../departure.js';
import { requestObject } from '../destination.js';
import { departureEvidence } from '../egress-draft.js';
import { describeObject } from '../finding.js';
import { gatewayServers } from '../gateway-server.js';
import { chainsOf } from '../listener-chains.js';
import type { Rule, TraceScope } from '../rule.js';

/** Plain HTTP to a port whose chains all want TLS. (A sidecar’s inbound port is another case: `mtls-mismatch`.) */
export const httpToTlsPort: Rule = {
  code: 'http-to-tls-port',
  trace: trace => {
    const { result, touched } = trace;
    if (result.request.tls !== 'plaintext' || result.request.direction === 'inbound') return [];
    const departure = departureOf(trace);
    if (departure?.cause !== 'http-to-tls' && !(departure === null && isRefused(trace))) return [];
    const [server] = touched.listener === null ? [] : gatewayServers(touched.listener);
    const at = server === undefined ? '' : ` (${describeObject(server.gateway)}, server ${server.server})`;
    const effect =
      departure === null
        ? 'No chain takes the connection, and Envoy closes it.'
        : departure.kind === 'passthrough'
          ? 'The connection goes past the mesh’s rules to the address itself, where TLS is expected as well.'
          : 'The connection is dropped.';
    return [
      {
        resource: requestObject(result, server?.port ?? Number(result.request.port)),
        evidence: departureEvidence(trace),
        why: `The client speaks plain HTTP to a port that serves TLS only${at}. ${effect}`,
        remedy:
          server === undefined
            ? 'Call it by https://, or declare the port as HTTP where the server speaks plain HTTP.'
            : `Call it by https://, or the gateway’s HTTP port; \`tls.httpsRedirect\` on an HTTP server of ${describeObject(server.gateway)} sends clients over.`,
      },
    ];
  },
};

function isRefused({ result, touched }: TraceScope): boolean {
  if (result.outcome !== 'closed' || touched.listener === null) return false;
  const chains = touched.chain === null ? chainsOf(touched.listener) : [touched.chain.chain];
  return chains.length > 0 && chains.every(wantsTls);
}

function wantsTls(chain: View): boolean {
  const match = chain.get('filter_chain_match');
  const asks = match?.string('transport_protocol') === 'tls' || (match?.strings('server_names') ?? []).length > 0;
  return asks || transportSocketOf(chain).context !== null;
}
