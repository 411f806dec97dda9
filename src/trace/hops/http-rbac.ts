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
  else refuse(trace, label, { pointer: effective.pointer, level: perRoute.level }, enforced, state);
}

/** Where the rules stand: in the filter, or at a level of the route table. */
type RulesAt = Pick<PerRoute, 'level'> & { readonly pointer: string };

function refuse(trace: Tracing, label: string, at: RulesAt, decision: RbacDecision, state: FilterState): void {
  const { listener, routeTable } = trace;
  if (listener === null) return;
  const holder = at.level === null ? listener : (routeTable?.resource ?? listener);
  const common = {
    name: decision.policy ?? label,
    pointer: decision.policies.find(policy => policy.name === decision.policy)?.pointer ?? at.pointer,
    details: state.lines,
    candidates: describeRbac(decision),
    evidence: [evidenceOf(holder, at.pointer)],
    istioctl: [istioctl.listeners(trace.proxy.name, trace.request.port)],
  };
  if (isUnknown(decision.allowed)) {
    trace.undetermined('http-filters', decision.allowed, `RBAC ${decision.action}: ${decision.why}`, common);
    return;
  }
  const because = `${reasonOf(decision)}${callerOf(trace)}`;
  const short = decision.policy === null ? 'no policy matches' : because;
  trace.step('http-filters', 'rejected', { ...common, why: `RBAC ${decision.action} denies it: ${short}` });
  const details = decision.details ?? rbacDeniedDetails(decision.policy);
  trace.finish('rbac_denied', because, { responseCodeDetails: details });
}

/** The decision by Istio's own names, where they stand in the policies' keys: the rule that matched, or every rule that an ALLOW looked through. */
function reasonOf({ policy, policies, why, action }: RbacDecision): string {
  const rules = policies.map(item => ({ ...item, behind: authorizationPolicyOf(item.name) }));
  const matched = rules.find(({ name }) => name === policy)?.behind;
  if (policy !== null)
    return matched == null
      ? why
      : `${nameOf(matched)}, rule ${matched.rule}, ${action === 'DENY' ? 'denies' : 'matches'} it: ${rules.find(({ name }) => name === policy)?.why}`;
  if (rules.length === 0 || rules.some(({ behind }) => behind === null)) return why;
  const names = [...new Set(rules.map(({ behind }) => (behind === null ? '' : nameOf(behind))))];
  return `no rule of ${names.join(' and ')} allows it (${rules.map(rule => `rule ${rule.behind?.rule}: ${rule.why}`).join('; ')})`;
}

function nameOf({ namespace, name }: { namespace: string; name: string }): string {
  return `AuthorizationPolicy ${namespace}/${name}`;
}

/** Who the request comes from, as the policies see it. */
function callerOf({ request, isTunnelled }: Tracing): string {
  if (request.tls !== 'mtls' && !isTunnelled) return '; the client has no principal: it came without mutual TLS';
  return request.from.principal === undefined ? '' : `; the client is ${request.from.principal}`;
}

/** Shadow rules are evaluated and logged, never enforced. */
function describeShadow({ allowed, why }: RbacDecision): string {
  const would = isUnknown(allowed) ? 'would decide by what is not known' : allowed ? 'would allow it' : 'would deny it';
  return `shadow rules (not enforced) ${would}: ${why}`;
}
