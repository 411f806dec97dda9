import { describe, expect, it } from 'vitest';
import { authorizationPolicyOf } from '../../src/match/authorization-policy.js';

describe('authorizationPolicyOf', () => {
  it.each([
    ['ns[foo]-policy[bar]-rule[0]', 'foo', 'bar', 0],
    ['ns[istio-system]-policy[a.b-c]-rule[12]', 'istio-system', 'a.b-c', 12],
    ['istio-ext-authz-ns[foo]-policy[bar]-rule[1]', 'foo', 'bar', 1],
    ['istio-ext-authz-my-provider-ns[foo]-policy[bar]-rule[1]', 'foo', 'bar', 1],
    ['ns[foo]-policy[bar]-rule[0]-deny-due-to-bad-CUSTOM-action', 'foo', 'bar', 0],
  ])('reads %s', (policyName, namespace, name, rule) => {
    expect(authorizationPolicyOf(policyName)).toEqual({ namespace, name, rule });
  });

  it.each([
    'service-viewer',
    'ratings-reader',
    'consul-intentions-layer4',
    '',
    'ns[foo]-policy[bar]',
    'x-ns[foo]-policy[bar]-rule[0]',
  ])('leaves %j as it is', policyName => {
    expect(authorizationPolicyOf(policyName)).toBeNull();
  });
});
