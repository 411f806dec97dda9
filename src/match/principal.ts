import type { View } from '../model/view.js';
import { matchAddress } from './rbac/address-rule.js';
import { matchAuthenticated } from './rbac/authenticated-rule.js';
import { everyRule, notRule, someRule } from './rbac/combine.js';
import { matchFilterState } from './rbac/filter-state-rule.js';
import { matchHeaderRule } from './rbac/header-rule.js';
import { matchDynamicMetadata, matchSourcedMetadata } from './rbac/metadata-rule.js';
import { matchUrlPath } from './rbac/path-rule.js';
import { extensionRule, unknownRule } from './rbac/unsupported-rule.js';
import type { RbacInput } from './rbac-input.js';
import type { Outcome } from './ternary.js';

type Rule = (rule: View, input: RbacInput) => Outcome;

const IDENTIFIERS: Readonly<Record<string, Rule>> = {
  and_ids: (set, input) => everyRule(set.list('ids'), id => matchPrincipal(id, input)),
  or_ids: (set, input) => someRule(set.list('ids'), id => matchPrincipal(id, input)),
  not_id: (id, input) => notRule(matchPrincipal(id, input)),
  authenticated: matchAuthenticated,
  source_ip: (range, input) => matchAddress(range, input.sourceIp, 'the source address', 'from.ip'),
  direct_remote_ip: (range, input) => matchAddress(range, input.directRemoteIp, 'the direct source address', 'from.ip'),
  remote_ip: (range, input) => matchAddress(range, input.remoteIp, 'the remote address', 'from.ip'),
  header: matchHeaderRule,
  url_path: matchUrlPath,
  metadata: matchDynamicMetadata,
  sourced_metadata: matchSourcedMetadata,
  filter_state: matchFilterState,
  custom: extensionRule('principal'),
};

/**
 * Matches one principal of an RBAC policy.
 *
 * @param principal a `config.rbac.v3.Principal` (or its v2 form)
 * @returns the answer, and why in words: `a plaintext connection has no principal`
 * @see https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/rbac/v3/rbac.proto#config-rbac-v3-principal
 */
export function matchPrincipal(principal: View, input: RbacInput): Outcome {
  if (principal.boolean('any')) return { result: true, why: 'any source' };
  for (const [field, match] of Object.entries(IDENTIFIERS)) {
    const rule = principal.get(field);
    if (rule !== undefined) return match(rule, input);
  }
  return unknownRule('principal', principal);
}
