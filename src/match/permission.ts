import type { View } from '../model/view.js';
import { matchAddress } from './rbac/address-rule.js';
import { everyRule, notRule, someRule } from './rbac/combine.js';
import { matchHeaderRule } from './rbac/header-rule.js';
import { matchDynamicMetadata, matchSourcedMetadata } from './rbac/metadata-rule.js';
import { matchUriTemplate, matchUrlPath } from './rbac/path-rule.js';
import { extensionRule, unknownRule } from './rbac/unsupported-rule.js';
import type { RbacInput } from './rbac-input.js';
import { matchString } from './string-matcher.js';
import { needsInput, type Outcome } from './ternary.js';

type Rule = (rule: View, input: RbacInput) => Outcome;

const MESSAGES: Readonly<Record<string, Rule>> = {
  and_rules: (set, input) => everyRule(set.list('rules'), rule => matchPermission(rule, input)),
  or_rules: (set, input) => someRule(set.list('rules'), rule => matchPermission(rule, input)),
  not_rule: (rule, input) => notRule(matchPermission(rule, input)),
  header: matchHeaderRule,
  url_path: matchUrlPath,
  uri_template: matchUriTemplate,
  destination_ip: (range, input) => matchAddress(range, input.destinationIp, 'the destination address', 'ip'),
  destination_port_range: matchPortRange,
  metadata: matchDynamicMetadata,
  sourced_metadata: matchSourcedMetadata,
  requested_server_name: matchServerName,
  matcher: extensionRule('matcher'),
};

/**
 * Matches one permission of an RBAC policy.
 *
 * @param permission a `config.rbac.v3.Permission` (or its v2 form)
 * @returns the answer, and why in words: `path "/a" does not start with "/b"`
 * @see https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/rbac/v3/rbac.proto#config-rbac-v3-permission
 */
export function matchPermission(permission: View, input: RbacInput): Outcome {
  if (permission.boolean('any')) return { result: true, why: 'any request' };
  const port = permission.number('destination_port');
  if (port !== undefined) return matchPort(port, input.destinationPort);
  for (const [field, match] of Object.entries(MESSAGES)) {
    const rule = permission.get(field);
    if (rule !== undefined) return match(rule, input);
  }
  return unknownRule('permission', permission);
}

function matchPort(port: number, actual: number): Outcome {
  const result = port === actual;
  return { result, why: `the destination port is ${actual}${result ? '' : `, not ${port}`}` };
}

/** `type.v3.Int32Range`: the start is part of it, the end is not. */
function matchPortRange(range: View, input: RbacInput): Outcome {
  const start = range.number('start') ?? 0;
  const end = range.number('end') ?? 0;
  const result = input.destinationPort >= start && input.destinationPort < end;
  return {
    result,
    why: `the destination port ${input.destinationPort} is ${result ? 'in' : 'not in'} ${start} to ${end - 1}`,
  };
}

function matchServerName(matcher: View, input: RbacInput): Outcome {
  const name = input.requestedServerName;
  if (name === undefined)
    return { result: needsInput('the requested server name (sni)'), why: 'the requested server name is not known' };
  const outcome = matchString(matcher, name);
  return { result: outcome.result, why: `the requested server name ${outcome.why}` };
}
