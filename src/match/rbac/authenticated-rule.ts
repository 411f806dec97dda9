import type { View } from '../../model/view.js';
import type { PeerCertificate, RbacInput } from '../rbac-input.js';
import { matchString } from '../string-matcher.js';
import { anyOf, isUnknown, needsInput, type Outcome } from '../ternary.js';
import { matchNamespaceOnly } from './source-namespace.js';

const NO_CERTIFICATE: PeerCertificate = { uriSans: [], dnsSans: [], subject: '' };

/**
 * `authenticated` ids (`config.rbac.v3.Principal.Authenticated`). Plaintext matches none. Without `principal_name`
 * every TLS connection matches, with a client certificate or not. Otherwise each URI SAN, then each DNS SAN, then the
 * subject is tried.
 *
 * Rule: AuthenticatedMatcher in Envoy's source/extensions/filters/common/rbac/matchers.cc.
 */
export function matchAuthenticated(rule: View, input: RbacInput): Outcome {
  if (input.tls === 'plaintext') return { result: false, why: 'a plaintext connection has no principal' };
  const matcher = rule.get('principal_name');
  if (matcher === undefined) return { result: true, why: 'the connection uses TLS' };
  const peer = input.tls === 'tls' ? 'none' : input.peer;
  if (peer === undefined) return matchUnknownPeer(matcher, input.sourceNamespace);
  return matchNames(matcher, namesOf(peer === 'none' ? NO_CERTIFICATE : peer));
}

function namesOf(peer: PeerCertificate): string[] {
  return [...peer.uriSans, ...peer.dnsSans, peer.subject];
}

function matchNames(matcher: View, names: readonly string[]): Outcome {
  const outcomes = names.map(name => matchString(matcher, name));
  const result = anyOf(outcomes, outcome => outcome.result);
  if (isUnknown(result)) return { result, why: result.what };
  const telling = result ? outcomes.find(outcome => outcome.result === true) : outcomes[0];
  const subject = names.every(name => name === '')
    ? 'the client shows no certificate, so its empty principal'
    : 'principal';
  return { result, why: `${subject} ${telling?.why ?? ''}` };
}

function matchUnknownPeer(matcher: View, namespace: string | undefined): Outcome {
  const decided = namespace === undefined ? undefined : matchNamespaceOnly(matcher, namespace);
  if (decided !== undefined) {
    return {
      result: decided,
      why: `the source namespace ${namespace} is ${decided ? '' : 'not '}the one of the principal`,
    };
  }
  return { result: needsInput('the source principal (from.principal)'), why: 'the source principal is not given' };
}
