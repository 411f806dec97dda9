import { evaluateRbac } from '../../src/match/rbac.js';
import { isUnknown } from '../../src/match/ternary.js';
import { View } from '../../src/model/view.js';
import { type RbacRequest, rbacInput } from './rbac-request.js';

export type Answer = boolean | 'needs-input' | 'unsupported';
export type Row = [title: string, rule: object, request: RbacRequest, allowed: Answer, why: string];

export const path = (matcher: object) => ({ url_path: { path: matcher } });
export const named = (principal_name: object) => ({ authenticated: { principal_name } });
export const metadata = (value: object, ...keys: string[]) => ({
  filter: 'istio_authn',
  path: keys.map(key => ({ key })),
  value,
});

export function decide(policies: object, request: RbacRequest, action?: string) {
  return evaluateRbac(new View({ action, policies }, '/rules'), rbacInput(request));
}

export function answer(policies: object, request: RbacRequest, action?: string): Answer {
  const { allowed } = decide(policies, request, action);
  return isUnknown(allowed) ? allowed.unknown : allowed;
}
