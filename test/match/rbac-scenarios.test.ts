import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { evaluateRbac } from '../../src/match/rbac.js';
import { View } from '../../src/model/view.js';
import { type RbacRequest, rbacInput } from './rbac-request.js';

const filters = JSON.parse(readFileSync(new URL('fixtures/rbac-scenarios.json', import.meta.url), 'utf8'));

const web = 'spiffe://cluster.local/ns/shop/sa/web';
const token = { 'envoy.filters.http.jwt_authn': { payload: { iss: 'https://login.shop.example.com', sub: 'me' } } };
const DENY_INTERNAL = 'ns[shop]-policy[deny-internal]-rule[0]';
const NEEDS_TOKEN = 'ns[shop]-policy[catalog-needs-token]-rule[0]';
const READERS = 'ns[finance]-policy[ledger-readers]-rule[0]';

describe('RBAC of the fault scenarios', () => {
  it.each<[string, string, RbacRequest, boolean, string | null, string]>([
    [
      '07-deny-policy-takes-path',
      'the path of the fault',
      { path: '/items/3', principal: web },
      false,
      DENY_INTERNAL,
      '"/items"',
    ],
    ['07-deny-policy-takes-path', 'another path', { path: '/health', principal: web }, true, null, '"/health"'],
    [
      '16-token-required',
      'the request of the fault',
      { path: '/items/3', principal: web },
      false,
      NEEDS_TOKEN,
      'payload.iss does not match',
    ],
    [
      '16-token-required',
      'with a token',
      { path: '/items/3', principal: web, metadata: token },
      true,
      null,
      'excluded',
    ],
    [
      '29-allow-policy-other-principal',
      'the principal of the fault',
      { path: '/entries/9', principal: web },
      false,
      null,
      `principal "${web}"`,
    ],
    [
      '29-allow-policy-other-principal',
      'a principal that is named',
      { path: '/entries/9', principal: web.replace(/web$/, 'cart') },
      true,
      READERS,
      'sa/cart',
    ],
  ])('%s: %s', (scenario, _, request, allowed, policy, why) => {
    const decision = evaluateRbac(new View(filters[scenario].rules, ''), rbacInput(request));
    expect(decision).toMatchObject({ allowed, policy });
    expect(decision.why).toContain(why);
  });
});
