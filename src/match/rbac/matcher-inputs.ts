import type { Extension } from '../../model/extension.js';
import { httpInput } from '../http-input.js';
import type { InputResolver, MatcherInput } from '../matcher-tree.js';
import type { PeerCertificate, RbacInput } from '../rbac-input.js';
import { needsInput, type Unknown, unsupportedExtension } from '../ternary.js';

type Input = (request: RbacInput, config: Extension['config']) => MatcherInput | Unknown;

const INPUTS: Readonly<Record<string, Input>> = {
  DestinationIPInput: ({ destinationIp }) => given(destinationIp, 'the destination address (ip)'),
  DestinationPortInput: ({ destinationPort }) => ({ value: String(destinationPort) }),
  SourceIPInput: ({ remoteIp }) => given(remoteIp, 'the source address (from.ip)'),
  SourcePortInput: ({ sourcePort }) => given(sourcePort?.toString(), 'the source port (from.port)'),
  DirectSourceIPInput: ({ directRemoteIp }) => given(directRemoteIp, 'the direct source address (from.ip)'),
  ServerNameInput: ({ requestedServerName }) => nonEmpty(given(requestedServerName, 'the requested server name (sni)')),
  UriSanInput: request => certificate(request, ({ uriSans }) => uriSans.join(',')),
  DnsSanInput: request => certificate(request, ({ dnsSans }) => dnsSans.join(',')),
  SubjectInput: request => certificate(request, ({ subject }) => subject),
  FilterStateInput: (request, config) => filterState(request, config.string('key') ?? ''),
};

/**
 * Gives the matcher inputs that an RBAC matcher may ask for, by the last part of their type.
 *
 * @see https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/matching/common_inputs/network/v3/network_inputs.proto
 * @see https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/matching/common_inputs/ssl/v3/ssl_inputs.proto
 */
export function rbacMatcherInputs(request: RbacInput): InputResolver {
  return input => {
    const network = INPUTS[input.type?.split('.').at(-1) ?? ''];
    return (
      network?.(request, input.config) ?? httpInput(request, input) ?? unsupportedExtension('matcher input', input)
    );
  };
}

function given(value: string | undefined, what: string): MatcherInput | Unknown {
  return value === undefined ? needsInput(what) : { value };
}

function nonEmpty(input: MatcherInput | Unknown): MatcherInput | Unknown {
  return 'value' in input ? { value: input.value || undefined } : input;
}

function certificate({ tls, peer }: RbacInput, read: (peer: PeerCertificate) => string): MatcherInput | Unknown {
  if (tls !== 'mtls' || peer === 'none') return { value: undefined };
  return peer === undefined ? needsInput('the source principal (from.principal)') : nonEmpty({ value: read(peer) });
}

function filterState(request: RbacInput, key: string): MatcherInput | Unknown {
  const value = request.filterState(key);
  return typeof value === 'object' ? value : { value };
}
