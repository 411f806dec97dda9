import type { View } from '../model/view.js';
import { matchPermission } from './permission.js';
import { matchPrincipal } from './principal.js';
import { everyOutcome, someRule } from './rbac/combine.js';
import type { RbacInput } from './rbac-input.js';
import { anyOf, isUnknown, not, type Outcome, type Ternary, unsupported } from './ternary.js';

export type RbacAction = 'ALLOW' | 'DENY' | 'LOG';

/** What one policy says of the request. */
interface PolicyOutcome {
  readonly name: string;
  /** RFC 6901 pointer of the policy. */
  readonly pointer: string;
  readonly matched: Ternary;
  readonly why: string;
}

/** What a set of RBAC rules decides. */
export interface RbacDecision {
  readonly action: RbacAction;
  readonly allowed: Ternary;
  /** The policy that Envoy names as the one that matched; null when none did or it is not known which. */
  readonly policy: string | null;
  /** Envoy's response code details where the request is denied; null where it is not, or the policy is not known. */
  readonly details: string | null;
  /** One clause in words, without a full stop. */
  readonly why: string;
  /** Each policy in the order in which Envoy tries them; with the matcher form the one action that was reached. */
  readonly policies: readonly PolicyOutcome[];
}

const ACTIONS: Readonly<Record<string, RbacAction>> = { '1': 'DENY', '2': 'LOG', DENY: 'DENY', LOG: 'LOG' };

/**
 * Evaluates RBAC rules as Envoy does: policies in the byte order of their names, the first that matches decides. ALLOW
 * denies what none matches, DENY allows it, LOG allows everything.
 *
 * @param rules a `config.rbac.v3.RBAC`, that is the `rules` or `shadow_rules` of a filter; a filter without them
 * enforces nothing
 * @see https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/rbac/v3/rbac.proto
 */
export function evaluateRbac(rules: View, input: RbacInput): RbacDecision {
  const action = rbacAction(rules);
  const policies = rules
    .entries('policies')
    .sort(([left], [right]) => Buffer.compare(Buffer.from(left), Buffer.from(right)))
    .map(([name, policy]) => evaluatePolicy(name, policy, input));
  const matched = anyOf(policies, policy => policy.matched);
  const allowed = action === 'LOG' ? true : action === 'ALLOW' ? matched : not(matched);
  return { action, allowed, ...conclude(action, allowed, matched, policies), policies };
}

/** The action of rules or of a matcher's `config.rbac.v3.Action`; ALLOW when unset, as in protobuf. */
export function rbacAction(view: View): RbacAction {
  return ACTIONS[view.string('action') ?? ''] ?? 'ALLOW';
}

/**
 * Envoy's response code details of a denial, or its connection termination details in a network filter.
 *
 * @param policy the policy that matched; null stands for none
 */
export function rbacDeniedDetails(policy: string | null): string {
  return `rbac_access_denied_matched_policy[${(policy ?? 'none').replace(/\s/g, '_')}]`;
}

function evaluatePolicy(name: string, policy: View, input: RbacInput): PolicyOutcome {
  const parts = [
    someRule(policy.list('permissions'), permission => matchPermission(permission, input)),
    someRule(policy.list('principals'), principal => matchPrincipal(principal, input)),
    ...conditionOf(policy),
  ];
  const { result, why } = everyOutcome(parts);
  return { name, pointer: policy.pointer, matched: result, why };
}

function conditionOf(policy: View): Outcome[] {
  if (!policy.has('condition') && !policy.has('checked_condition')) return [];
  return [{ result: unsupported('a CEL condition of an RBAC policy'), why: 'its CEL condition is not evaluated' }];
}

function conclude(
  action: RbacAction,
  allowed: Ternary,
  matched: Ternary,
  policies: readonly PolicyOutcome[],
): Pick<RbacDecision, 'policy' | 'details' | 'why'> {
  const first = policies.find(policy => policy.matched !== false);
  const policy = first?.matched === true ? first.name : null;
  const certain = matched === false || policy !== null;
  const details = allowed === false && certain ? rbacDeniedDetails(policy) : null;
  return { policy, details, why: reason(action, matched, policies) };
}

function reason(action: RbacAction, matched: Ternary, policies: readonly PolicyOutcome[]): string {
  if (policies.length === 0)
    return action === 'ALLOW' ? 'an ALLOW without policies denies everything' : 'it has no policies';
  const telling = policies.find(policy => (matched === true ? policy.matched === true : isUnknown(policy.matched)));
  if (telling !== undefined)
    return `policy ${telling.name} ${isUnknown(matched) ? 'is not decided' : 'matches'}: ${telling.why}`;
  return `no policy matches: ${policies.map(policy => `${policy.name}: ${policy.why}`).join('; ')}`;
}
