import { authorizationPolicyOf } from '../../match/authorization-policy.js';
import { type RbacDecision, rbacDeniedDetails } from '../../match/rbac.js';
import { evaluateRbacFilter } from '../../match/rbac-filter.js';
import { isUnknown } from '../../match/ternary.js';
import type { Extension } from '../../model/extension.js';
import { evidenceOf, istioctl } from '../evidence.js';
import type { PerRoute } from '../per-route.js';
import { rbacInput } from '../policy-input.js';
import { describeRbac } from '../rbac-step.js';
import type { Tracing } from '../tracing.js';
import { type FilterState, writeMetadata } from './filter-state.js';

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
  const { enforced, shadow, metadata, unknownMetadata } = evaluateRbacFilter(effective, rbacInput(trace, true, state));
  writeMetadata(state, label, metadata, unknownMetadata);
  if (shadow !== null) state.lines.push(`${label}: ${describeShadow(shadow)}`);
  if (enforced === null) state.lines.push(`${label}: no rules, nothing is enforced`);
  else if (enforced.allowed === true) state.lines.push(`${label}: ${enforced.action}: ${enforced.why}`);
  else refuse(trace, label, effective.pointer, enforced, state);
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
  const because = `${decision.why}${policyBehind(decision)}`;
  const short = decision.policy === null ? 'no policy matches' : because;
  trace.step('http-filters', 'rejected', { ...common, why: `RBAC ${decision.action} denies it: ${short}` });
  const details = decision.details ?? rbacDeniedDetails(decision.policy);
  trace.finish('rbac_denied', because, { responseCodeDetails: details });
}

/** The AuthorizationPolicy whose name Istio put into the policy's key. */
function policyBehind({ policy }: RbacDecision): string {
  const behind = policy === null ? null : authorizationPolicyOf(policy);
  return behind === null ? '' : ` (AuthorizationPolicy ${behind.namespace}/${behind.name}, rule ${behind.rule})`;
}

/** Shadow rules are evaluated and logged, never enforced. */
function describeShadow({ allowed, why }: RbacDecision): string {
  const would = isUnknown(allowed) ? 'would decide by what is not known' : allowed ? 'would allow it' : 'would deny it';
  return `shadow rules (not enforced) ${would}: ${why}`;
}
