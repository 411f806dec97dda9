import { rbacDeniedDetails } from '../../match/rbac.js';
import { evaluateRbacFilter } from '../../match/rbac-filter.js';
import { isUnknown } from '../../match/ternary.js';
import type { Extension } from '../../model/extension.js';
import { evidenceOf, istioctl } from '../evidence.js';
import { rbacInput } from '../policy-input.js';
import { describeRbac } from '../rbac-step.js';
import type { Tracing } from '../tracing.js';

/**
 * RBAC on the connection, enforced when the first bytes arrive.
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/listeners/network_filters/rbac_filter
 */
export function networkRbac(trace: Tracing, { name, config }: Extension): boolean {
  const { enforced: decision } = evaluateRbacFilter(config, rbacInput(trace, false));
  const { listener } = trace;
  if (listener === null) return true;
  const common = {
    name,
    pointer: config.pointer,
    evidence: [evidenceOf(listener, config.pointer)],
    istioctl: [istioctl.listeners(trace.proxy.name, trace.request.port)],
  };
  if (decision === null) {
    trace.step('network-filters', 'matched', { ...common, why: 'RBAC without rules enforces nothing' });
    return false;
  }
  if (isUnknown(decision.allowed)) {
    trace.undetermined('network-filters', decision.allowed, `RBAC: ${decision.why}`, {
      ...common,
      candidates: describeRbac(decision),
    });
    return true;
  }
  if (decision.allowed) {
    trace.step('network-filters', 'matched', {
      ...common,
      why: `RBAC lets it pass: ${decision.why}`,
      candidates: describeRbac(decision),
    });
    return false;
  }
  const delay = config.string('delay_deny');
  trace.step('network-filters', 'rejected', {
    ...common,
    why: `RBAC denies it: ${decision.why}`,
    details: delay === undefined ? [] : [`the connection is closed after ${delay} (delay_deny)`],
    candidates: describeRbac(decision),
  });
  trace.finish('rbac_denied', decision.why, {
    responseCodeDetails: decision.details ?? rbacDeniedDetails(decision.policy),
  });
  return true;
}
