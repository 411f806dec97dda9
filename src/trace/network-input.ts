import { type ConnectionFacts, isLocalConnection } from '../match/filter-chain-match.js';
import type { MatcherInput } from '../match/matcher-tree.js';
import { needsInput, type Unknown, unsupported } from '../match/ternary.js';
import type { Extension } from '../model/extension.js';
import { filterStateOf } from './filter-state.js';
import type { Tracing } from './tracing.js';

/**
 * The value of a matcher's network input, or why it is not known; null for an input of another kind.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/matching/common_inputs/network/v3/network_inputs.proto
 */
export function networkInput(trace: Tracing, facts: ConnectionFacts, input: Extension): MatcherInput | Unknown | null {
  switch (input.type?.split('.').at(-1)) {
    case 'DestinationIPInput':
      return given(facts.destinationIp, 'the destination address (ip)');
    case 'DestinationPortInput':
      return { value: String(facts.destinationPort) };
    case 'SourceIPInput':
      return given(facts.sourceIp, 'the source address (from.ip)');
    case 'DirectSourceIPInput':
      return given(facts.directSourceIp, 'the connection’s own source address (from.directIp)');
    case 'SourcePortInput':
      return given(facts.sourcePort === null ? null : String(facts.sourcePort), 'the source port (from.port)');
    case 'ServerNameInput':
      return { value: facts.sni ?? undefined };
    case 'TransportProtocolInput':
      return { value: facts.transportProtocol };
    case 'ApplicationProtocolInput':
      return { value: quoted(facts.applicationProtocols) };
    case 'SourceTypeInput':
      return sourceType(facts);
    case 'FilterStateInput':
      return filterState(trace, input.config.string('key') ?? '');
    default:
      return null;
  }
}

function given(value: string | null, what: string): MatcherInput | Unknown {
  return value === null ? needsInput(what) : { value };
}

/** Envoy gives the list as one text, each protocol in quotes: `'h2','http/1.1'`. */
function quoted(protocols: readonly string[]): string | undefined {
  return protocols.length === 0 ? undefined : protocols.map(protocol => `'${protocol}'`).join(',');
}

function sourceType({ sourceIp, destinationIp }: ConnectionFacts): MatcherInput | Unknown {
  if (sourceIp === null) return needsInput('the source address (from.ip)');
  return { value: isLocalConnection(sourceIp, destinationIp) ? 'local' : undefined };
}

/** Of filter state what listener filters set, and the peer's identity, which Istio keeps there, is known; anything may set other keys. */
function filterState(trace: Tracing, key: string): MatcherInput | Unknown {
  const state = filterStateOf(trace, key);
  if (state === undefined && key !== 'io.istio.peer_principal')
    return unsupported(`matcher input for filter state ${key}`);
  return typeof state === 'object' ? state : { value: state };
}
