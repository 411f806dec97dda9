import { rbacAction } from '../../match/rbac.js';
import { evidenceOf } from '../../trace/evidence.js';
import { describeObject } from '../finding.js';
import { edit } from '../kubectl.js';
import { matchesNothing, objectOfPolicy, rbacFiltersOf } from '../policies.js';
import type { Rule } from '../rule.js';

/**
 * ALLOW policies of which none can match: everything is denied. An AuthorizationPolicy with an empty `spec` means just that.
 * https://istio.io/latest/docs/reference/config/security/authorization-policy/ (allow-nothing)
 */
export const rbacAllowNothing: Rule = {
  code: 'rbac-allow-nothing',
  chain: ({ listener, chain }, { proxy }) =>
    rbacFiltersOf(chain).flatMap(({ config }) => {
      const rules = config.get('rules');
      const policies = rules?.entries('policies') ?? [];
      if (rules === undefined || rbacAction(rules) !== 'ALLOW' || policies.length === 0) return [];
      if (!policies.every(([, policy]) => matchesNothing(policy))) return [];
      const [[name, policy] = ['', rules]] = policies;
      const object = objectOfPolicy(name, proxy.node?.namespace ?? null);
      return [
        {
          resource: object,
          evidence: [evidenceOf(listener, policy.pointer)],
          why: `${describeObject(object)} has no rules and allows nothing, and no other policy allows anything: ${proxy.name} answers every request with 403, and closes TCP.`,
          remedy: `Where all is to be denied by default, add policies that allow what is wanted. Else give ${describeObject(object)} rules or take it away (${edit(object)}).`,
        },
      ];
    }),
};
