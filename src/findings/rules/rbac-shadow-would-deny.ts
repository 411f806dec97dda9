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
    const lines = result.steps.flatMap(step => step.details).flatMap(line => WOULD_DENY.exec(line)?.[2] ?? []);
    const [why] = lines;
    const shadow =
      chain === null
        ? undefined
        : rbacFiltersOf(chain.chain)
            .map(({ config }) => config.get('shadow_rules'))
            .find(rules => rules !== undefined);
    const [[name] = []] = shadow?.entries('policies') ?? [];
    if (chain === null || why === undefined || shadow === undefined || name === undefined) return [];
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
