import { describe, expect, it } from 'vitest';
import { rbacDeniedDetails } from '../../src/match/rbac.js';
import { type Answer, answer, decide, named } from './rbac-answer.js';

const all = { permissions: [{ any: true }], principals: [{ any: true }] };
const none = { permissions: [{ not_rule: { any: true } }], principals: [{ any: true }] };
const someone = { permissions: [{ any: true }], principals: [named({ exact: 'spiffe://d/ns/a/sa/b' })] };
const condition = { const_expr: { bool_value: true } };

describe('actions', () => {
  it.each<[string, string | undefined, object, Answer, string | null, string | null]>([
    ['ALLOW by default', undefined, { p: all }, true, 'p', null],
    ['ALLOW that nothing matches', 'ALLOW', { p: none }, false, null, '[none]'],
    ['ALLOW without policies', 'ALLOW', {}, false, null, '[none]'],
    ['DENY', 'DENY', { p: all }, false, 'p', '[p]'],
    ['DENY that nothing matches', 'DENY', { p: none }, true, null, null],
    ['DENY without policies', 'DENY', {}, true, null, null],
    ['DENY as a number', '1', { p: all }, false, 'p', '[p]'],
    ['LOG', 'LOG', { p: all }, true, 'p', null],
    ['LOG that nothing matches', 'LOG', { p: none }, true, null, null],
    ['the first name in byte order', 'DENY', { b: all, B: all, a: all, a0: all }, false, 'B', '[B]'],
    ['byte order beyond the basic plane', 'DENY', { '\u{1F600}': all, '\uFF5E': all }, false, '\uFF5E', '[\uFF5E]'],
    ['white space in a name', 'DENY', { 'a b\tc': all }, false, 'a b\tc', '[a_b_c]'],
    ['DENY for sure, by which policy is not known', 'DENY', { a: someone, b: all }, false, null, null],
    ['DENY for sure, by a policy before the unknown one', 'DENY', { a: all, b: someone }, false, 'a', '[a]'],
    ['ALLOW for sure, by which policy is not known', 'ALLOW', { a: someone, b: all }, true, null, null],
    ['ALLOW that is not known', 'ALLOW', { a: someone, b: none }, 'needs-input', null, null],
    ['a CEL condition', 'ALLOW', { p: { ...all, condition } }, 'unsupported', null, null],
    ['a checked CEL condition', 'DENY', { p: { ...all, checked_condition: condition } }, 'unsupported', null, null],
    ['a CEL condition that does not matter', 'ALLOW', { p: { ...none, condition } }, false, null, '[none]'],
    ['a policy without permissions', 'ALLOW', { p: { principals: [{ any: true }] } }, false, null, '[none]'],
  ])('%s', (_, action, policies, allowed, policy, details) => {
    expect(answer(policies, {}, action)).toBe(allowed);
    const decision = decide(policies, {}, action);
    expect(decision.policy).toBe(policy);
    expect(decision.details).toBe(details === null ? null : `rbac_access_denied_matched_policy${details}`);
  });

  it('tells the first failure of each policy of an ALLOW that matched nothing', () => {
    const port = { permissions: [{ destination_port: 80 }], principals: [{ any: true }] };
    expect(decide({ a: port, b: none }, {}).why).toBe(
      'no policy matches: a: the destination port is 9080, not 80; b: excluded: any request',
    );
  });

  it('remembers where each policy stands', () => {
    expect(decide({ 'a/b': all }, {}).policies[0]?.pointer).toBe('/rules/policies/a~1b');
  });
});

describe('rbacDeniedDetails', () => {
  it.each([
    [null, 'rbac_access_denied_matched_policy[none]'],
    ['a b', 'rbac_access_denied_matched_policy[a_b]'],
  ])('of %j', (policy, details) => expect(rbacDeniedDetails(policy)).toBe(details));
});
