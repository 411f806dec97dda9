import { authorizationPolicyOf } from '../../match/authorization-policy.js';
import { evaluateRbac, type RbacDecision, rbacDeniedDetails } from '../../match/rbac.js';
import { isUnknown } from '../../match/ternary.js';
import type { Extension } from '../../model/extension.js';
import { evidenceOf, istioctl } from '../evidence.js';
import type { PerRoute } from '../per-route.js';
import { rbacInput } from '../policy-input.js';
import { describeRbac } from '../rbac-step.js';
import type { Tracing } from '../tracing.js';
import type { FilterState } from './http-filters.js';

/**
 * RBAC on the request; the override of the route replaces the filter's rules.
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/rbac_filter
 */
export function httpRbac(trace: Tracing, { name, config }: Extension, perRoute: PerRoute, state: FilterState): void {
  const effective = perRoute.config === null ? config : perRoute.config.get('rbac');
  const label = name ?? 'rbac';
  if (effective === undefined) {
    state.lines.push(`${label}: the ${perRoute.level} takes all rules away`);
    return;
  }
  shadow(trace, label, effective.get('shadow_rules'), state);
  const rules = effective.get('rules');
  if (rules === undefined) {
    state.lines.push(`${label}: no rules, nothing is enforced`);
    return;
  }
  const decision = evaluateRbac(rules, rbacInput(trace, true, state));
  if (decision.allowed === true) {
    state.lines.push(`${label}: ${decision.action}: ${decision.why}`);
    return;
  }
  refuse(trace, label, rules.pointer, decision, state);
}

function refuse(trace: Tracing, label: string, pointer: string, decision: RbacDecision, state: FilterState): void {
  const { listener } = trace;
  if (listener === null) return;
  const common = {
    name: decision.policy ?? label,
    pointer: decision.policies.find(policy => policy.name === decision.policy)?.pointer ?? pointer,
    details: state.lines,
    candidates: describeRbac(decision),
    evidence: [evidenceOf(listener, pointer)],
    istioctl: [istioctl.listeners(trace.proxy.name, trace.request.port)],
  };
  if (isUnknown(decision.allowed)) {
    trace.undetermined('http-filters', decision.allowed, `RBAC ${decision.action}: ${decision.why}`, common);
    return;
  }
  const behind = decision.policy === null ? null : authorizationPolicyOf(decision.policy);
  const by = behind === null ? '' : ` (AuthorizationPolicy ${behind.namespace}/${behind.name}, rule ${behind.rule})`;
  trace.step('http-filters', 'rejected', { ...common, why: `RBAC ${decision.action} denies it: ${decision.why}${by}` });
  trace.finish('rbac_denied', `${decision.why}${by}`, {
    responseCodeDetails: decision.details ?? rbacDeniedDetails(decision.policy),
  });
}

/** Shadow rules are evaluated and logged, never enforced. */
function shadow(trace: Tracing, label: string, rules: Extension['config'] | undefined, state: FilterState): void {
  if (rules === undefined) return;
  const decision = evaluateRbac(rules, rbacInput(trace, true, state));
  const would = isUnknown(decision.allowed)
    ? 'would decide by what is not known'
    : decision.allowed
      ? 'would allow'
      : 'would deny';
  state.lines.push(`${label}: shadow rules (not enforced) ${would} it: ${decision.why}`);
}
