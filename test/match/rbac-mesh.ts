import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { evaluateRbac } from '../../src/match/rbac.js';
import { isUnknown } from '../../src/match/ternary.js';
import { View } from '../../src/model/view.js';
import { type RbacRequest, rbacInput } from './rbac-request.js';

const filters = JSON.parse(readFileSync(new URL('fixtures/rbac-istio-1.30.json', import.meta.url), 'utf8'));

const ns = (namespace: string, policy: string, rule: number) => `ns[${namespace}]-policy[${policy}]-rule[${rule}]`;
export const REVIEWS_DENY = ns('default', 'reviews-deny', 0);
export const REVIEWS = ns('default', 'reviews-allow', 0);
export const REVIEWS_HEALTH = ns('default', 'reviews-allow', 1);
export const RATINGS_DENY = ns('default', 'ratings-deny', 0);
export const RATINGS_UNTRUSTED = ns('default', 'ratings-deny', 1);
export const RATINGS = ns('default', 'ratings-allow', 0);
export const DRY_RUN = ns('default', 'productpage-dry-run', 0);

export const productpage = 'spiffe://cluster.local/ns/default/sa/bookinfo-productpage';
export const reviewer = 'spiffe://cluster.local/ns/default/sa/bookinfo-reviews';
export const gateway = 'spiffe://cluster.local/ns/istio-system/sa/istio-ingressgateway';
export const untrusted = 'spiffe://cluster.local/ns/untrusted/sa/default';
export const claims = (fields: object) => ({ 'envoy.filters.http.jwt_authn': { payload: fields } });
export const issuer = 'https://login.example.com';

export type Row = [
  title: string,
  filter: string,
  request: RbacRequest,
  allowed: boolean | 'unknown',
  policy: string | null,
  why: string,
];

/** Holds what a filter of the mesh decides against a row. */
export function check([, filter, request, allowed, policy, why]: Row, field: 'rules' | 'shadow_rules'): void {
  const rules = new View(filters[filter], '').get(field);
  const decision = evaluateRbac(rules ?? new View({}, ''), rbacInput(request));
  expect(isUnknown(decision.allowed) ? 'unknown' : decision.allowed).toBe(allowed);
  expect(decision.policy).toBe(policy);
  expect(decision.why).toContain(why);
  expect(decision.details).toBe(allowed === false ? `rbac_access_denied_matched_policy[${policy ?? 'none'}]` : null);
}
