import type { RbacDecision } from '../match/rbac.js';
import { isUnknown } from '../match/ternary.js';
import type { Candidate } from './result.js';

/** The policies that did not decide, as candidates of a step. */
export function describeRbac(decision: RbacDecision): Candidate[] {
  return decision.policies
    .filter(policy => policy.name !== decision.policy)
    .map(policy => ({
      name: policy.name,
      pointer: policy.pointer,
      criterion: isUnknown(policy.matched) ? 'unknown' : 'policy',
      reason: policy.why,
    }));
}
