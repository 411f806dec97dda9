import { extensionOf } from '../model/extension.js';
import type { View } from '../model/view.js';
import { evaluateMatcher, type MatcherResult } from './matcher-tree.js';
import { rbacMatcherInputs } from './rbac/matcher-inputs.js';
import { evaluateRbac, type RbacDecision, rbacAction, rbacDeniedDetails } from './rbac.js';
import type { RbacInput } from './rbac-input.js';
import { isUnknown, type Unknown } from './ternary.js';

/** What an RBAC filter decides and writes. */
export interface RbacFilterDecision {
  /** What is enforced; null where the filter has neither rules nor a matcher, so that everything passes. */
  readonly enforced: RbacDecision | null;
  /** What the shadow rules would decide; null where there are none. */
  readonly shadow: RbacDecision | null;
  /** Fields of the shadow result in the filter's dynamic metadata; Istio's ext_authz reads them for CUSTOM policies. */
  readonly metadata: Readonly<Record<string, unknown>>;
  /** Fields there that are not known, and what is missing. */
  readonly unknownMetadata: Readonly<Record<string, Unknown>>;
}

/**
 * Evaluates an RBAC filter: `matcher`, else `rules`, and the shadow of each.
 *
 * @param config an `http.rbac.v3.RBAC` or `network.rbac.v3.RBAC`, or the `rbac` of a route's `RBACPerRoute`
 * @see https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/filters/http/rbac/v3/rbac.proto
 */
export function evaluateRbacFilter(config: View, input: RbacInput): RbacFilterDecision {
  const shadow = evaluate(config, 'shadow_matcher', 'shadow_rules', input);
  const prefix = config.string('shadow_rules_stat_prefix') ?? '';
  return {
    enforced: evaluate(config, 'matcher', 'rules', input),
    shadow,
    ...(shadow === null ? { metadata: {}, unknownMetadata: {} } : shadowFields(shadow, prefix)),
  };
}

function evaluate(config: View, matcher: string, rules: string, input: RbacInput): RbacDecision | null {
  const tree = config.get(matcher);
  if (tree !== undefined) return evaluateRbacMatcher(tree, input);
  const set = config.get(rules);
  return set === undefined ? null : evaluateRbac(set, input);
}

/**
 * Evaluates the matcher form of RBAC. The action that is reached allows or denies by itself, and its name stands for
 * the policy's; a request that reaches none is denied.
 *
 * @param matcher an `xds.type.matcher.v3.Matcher` whose actions are `config.rbac.v3.Action`
 */
function evaluateRbacMatcher(matcher: View, input: RbacInput): RbacDecision {
  const result = evaluateMatcher(matcher, rbacMatcherInputs(input));
  if (result.kind === 'action') return reached(result.action, result);
  const base = { action: 'DENY', policy: null, policies: [] } as const;
  if (result.kind === 'unknown') {
    return { ...base, allowed: result.unknown, details: null, why: `the matcher needs ${result.unknown.what}` };
  }
  return {
    ...base,
    allowed: false,
    details: rbacDeniedDetails(null),
    why: `no action of the matcher is reached: ${result.why}`,
  };
}

function reached(view: View, { tried }: MatcherResult): RbacDecision {
  const { config } = extensionOf(view);
  const name = config.string('name') ?? '';
  const action = rbacAction(config);
  const allowed = action !== 'DENY';
  const because = tried.at(-1)?.why ?? 'it is the default';
  return {
    action,
    allowed,
    policy: name,
    details: allowed ? null : rbacDeniedDetails(name),
    why: `action ${name} is reached: ${because}`,
    policies: [{ name, pointer: view.pointer, matched: true, why: because }],
  };
}

/** `shadow_effective_policy_id` where a policy matched, and `shadow_engine_result`, with the filter's prefix. */
function shadowFields(shadow: RbacDecision, prefix: string): Pick<RbacFilterDecision, 'metadata' | 'unknownMetadata'> {
  const [id, result] = [`${prefix}shadow_effective_policy_id`, `${prefix}shadow_engine_result`];
  if (isUnknown(shadow.allowed))
    return { metadata: {}, unknownMetadata: { [id]: shadow.allowed, [result]: shadow.allowed } };
  const outcome = { [result]: shadow.allowed ? 'allowed' : 'denied' };
  if (shadow.policy !== null) return { metadata: { ...outcome, [id]: shadow.policy }, unknownMetadata: {} };
  const missing = shadow.policies.map(policy => policy.matched).find(isUnknown);
  return { metadata: outcome, unknownMetadata: missing === undefined ? {} : { [id]: missing } };
}
