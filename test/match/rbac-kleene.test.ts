import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateRbac } from '../../src/match/rbac.js';
import { isUnknown } from '../../src/match/ternary.js';
import { View } from '../../src/model/view.js';
import { type RbacRequest, rbacInput } from './rbac-request.js';

const PRINCIPALS = ['spiffe://d/ns/a/sa/x', 'spiffe://d/ns/b/sa/x', 'spiffe://d/ns/b/sa/y'];
const NAMES = ['a.example', 'b.example'];
const PORTS = [80, 9080];

const { permission, principal } = fc.letrec(tie => ({
  permission: fc.oneof(
    { maxDepth: 3 },
    fc.constant({ any: true }),
    fc.constantFrom(...PORTS).map(destination_port => ({ destination_port })),
    fc.constantFrom(...NAMES).map(exact => ({ requested_server_name: { exact } })),
    fc.array(tie('permission'), { minLength: 1, maxLength: 3 }).map(rules => ({ and_rules: { rules } })),
    fc.array(tie('permission'), { minLength: 1, maxLength: 3 }).map(rules => ({ or_rules: { rules } })),
    tie('permission').map(not_rule => ({ not_rule })),
  ),
  principal: fc.oneof(
    { maxDepth: 3 },
    fc.constant({ any: true }),
    fc.constantFrom(...PRINCIPALS).map(exact => ({ authenticated: { principal_name: { exact } } })),
    fc
      .constantFrom('a', 'b')
      .map(ns => ({ authenticated: { principal_name: { safe_regex: { regex: `.*/ns/${ns}/.*` } } } })),
    fc.array(tie('principal'), { minLength: 1, maxLength: 3 }).map(ids => ({ and_ids: { ids } })),
    fc.array(tie('principal'), { minLength: 1, maxLength: 3 }).map(ids => ({ or_ids: { ids } })),
    tie('principal').map(not_id => ({ not_id })),
  ),
}));

const policy = fc.record({
  permissions: fc.array(permission, { minLength: 1, maxLength: 2 }),
  principals: fc.array(principal, { minLength: 1, maxLength: 2 }),
});
const rules = fc.record({
  action: fc.constantFrom('ALLOW', 'DENY', 'LOG'),
  policies: fc.dictionary(fc.constantFrom('p', 'q', 'r'), policy, { maxKeys: 3 }),
});

function decide(view: object, request: RbacRequest) {
  return evaluateRbac(new View(view as Record<string, unknown>, ''), rbacInput(request));
}

describe('evaluateRbac with unknown inputs', () => {
  it('decides only what every completion of the request decides alike', () => {
    fc.assert(
      fc.property(
        rules,
        fc.constantFrom(...PORTS),
        fc.option(fc.constantFrom('a', 'b'), { nil: undefined }),
        (view, destinationPort, sourceNamespace) => {
          const partial = decide(view, { destinationPort, sourceNamespace, requestedServerName: undefined });
          const possible = PRINCIPALS.filter(
            name => sourceNamespace === undefined || name.includes(`/ns/${sourceNamespace}/`),
          );
          const complete = possible.flatMap(principal =>
            NAMES.map(requestedServerName => decide(view, { destinationPort, principal, requestedServerName })),
          );
          expect(complete.some(decision => isUnknown(decision.allowed))).toBe(false);
          if (isUnknown(partial.allowed)) return;
          for (const decision of complete) {
            expect(decision.allowed).toBe(partial.allowed);
            if (partial.policy !== null) expect(decision.policy).toBe(partial.policy);
            if (partial.details !== null) expect(decision.details).toBe(partial.details);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('agrees with the documented rules where everything is given', () => {
    fc.assert(
      fc.property(
        rules,
        fc.constantFrom(...PORTS),
        fc.constantFrom(...PRINCIPALS),
        fc.constantFrom(...NAMES),
        (view, port, principal, name) => {
          const matched = Object.entries(view.policies)
            .filter(
              ([, { permissions, principals }]) =>
                permissions.some(rule => reference(rule, port, principal, name)) &&
                principals.some(id => reference(id, port, principal, name)),
            )
            .map(([key]) => key)
            .sort();
          const decision = decide(view, { destinationPort: port, principal, requestedServerName: name });
          expect(decision.policy).toBe(matched[0] ?? null);
          expect(decision.allowed).toBe(view.action === 'LOG' || (view.action === 'ALLOW') === matched.length > 0);
        },
      ),
      { numRuns: 500 },
    );
  });
});

// The rules of rbac.proto over plain objects, two-valued.
// biome-ignore lint/suspicious/noExplicitAny: generated trees have no type
function reference(rule: any, port: number, principal: string, name: string): boolean {
  const inner = (other: unknown) => reference(other, port, principal, name);
  if (rule.any) return true;
  if (rule.and_rules) return rule.and_rules.rules.every(inner);
  if (rule.or_rules) return rule.or_rules.rules.some(inner);
  if (rule.and_ids) return rule.and_ids.ids.every(inner);
  if (rule.or_ids) return rule.or_ids.ids.some(inner);
  if (rule.not_rule ?? rule.not_id) return !inner(rule.not_rule ?? rule.not_id);
  if (rule.destination_port) return rule.destination_port === port;
  if (rule.requested_server_name) return rule.requested_server_name.exact === name;
  const matcher = rule.authenticated.principal_name;
  return matcher.exact === principal || principal.includes(matcher.safe_regex?.regex.slice(2, -2) ?? '-');
}
