import type { ConnectionFacts } from '../match/filter-chain-match.js';
import type { Tracing } from './tracing.js';

/** What filter-chain matching looks at, after the listener filters. */
export function connectionFacts({ request, connection }: Tracing): ConnectionFacts {
  return {
    destinationPort: request.port,
    destinationIp: request.ip,
    sni: connection.sni,
    transportProtocol: connection.transportProtocol,
    applicationProtocols: connection.applicationProtocols,
    directSourceIp: request.from.directIp ?? request.from.ip ?? null,
    sourceIp: request.from.ip ?? null,
    sourcePort: request.from.port ?? null,
  };
}
