import { oncePerMessage } from '../../model/once.js';
import type { View } from '../../model/view.js';
import { evidenceOf } from '../../trace/evidence.js';
import { describeObject } from '../finding.js';
import { edit } from '../kubectl.js';
import { objectOfPolicy, rbacFiltersOf } from '../policies.js';
import type { Rule } from '../rule.js';

/** What the trace says of shadow rules, in the details of its filters. */
const WOULD_DENY = /^(.*): shadow rules \(not enforced\) would deny it: (.*)$/;

/**
 * Dry-run policies (annotation `istio.io/dry-run`) are evaluated and logged, not enforced.
 * https://istio.io/latest/docs/tasks/security/authorization/authz-dry-run/
 */
export const rbacShadowWouldDeny: Rule = {
  code: 'rbac-shadow-would-deny',
  trace: ({ result, touched, proxy }) => {
    const { chain } = touched;
    const shadow = chain === null ? null : shadowRulesOf(chain.chain);
    const [[name] = []] = shadow?.entries('policies') ?? [];
    if (chain === null || shadow === null || name === undefined) return [];
    const lines = result.steps.flatMap(step => step.details).flatMap(line => WOULD_DENY.exec(line)?.[2] ?? []);
    const [why] = lines;
    if (why === undefined) return [];
    const object = objectOfPolicy(name, proxy.node?.namespace ?? null);
    return [
      {
        resource: object,
        evidence: [evidenceOf(chain.listener, shadow.pointer)],
        why: `${describeObject(object)} is a dry run and would deny this request: ${why}. Today it passes.`,
        remedy: `Before the annotation istio.io/dry-run goes, let the policy allow what is to go on (${edit(object)}).`,
      },
    ];
  },
};

const shadowRulesOf = oncePerMessage((chain: View): View | null => {
  const all = rbacFiltersOf(chain).map(({ config }) => config.get('shadow_rules'));
  return all.find(rules => rules !== undefined) ?? null;
});
