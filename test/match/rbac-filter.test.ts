import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { evaluateRbacFilter } from '../../src/match/rbac-filter.js';
import { isUnknown } from '../../src/match/ternary.js';
import { View } from '../../src/model/view.js';
import { type RbacRequest, rbacInput } from './rbac-request.js';

const filters = JSON.parse(readFileSync(new URL('fixtures/rbac-istio-1.30.json', import.meta.url), 'utf8'));

const type = (name: string, fields: object = {}) => ({ '@type': `type.googleapis.com/${name}`, ...fields });
const network = (name: string) => ({
  name,
  typed_config: type(`envoy.extensions.matching.common_inputs.network.v3.${name}`),
});
const ssl = (name: string) => ({ name, typed_config: type(`envoy.extensions.matching.common_inputs.ssl.v3.${name}`) });
const header = (header_name: string) => ({
  name: 'h',
  typed_config: type('envoy.type.matcher.v3.HttpRequestHeaderMatchInput', { header_name }),
});
const query = {
  name: 'q',
  typed_config: type('envoy.type.matcher.v3.HttpRequestQueryParamMatchInput', { query_param: 'user' }),
};
const cookie = {
  name: 'c',
  typed_config: type('envoy.type.matcher.v3.HttpRequestCookieMatchInput', { cookie_name: 'a' }),
};
const state = {
  name: 's',
  typed_config: type('envoy.extensions.matching.common_inputs.network.v3.FilterStateInput', { key: 'k' }),
};
const action = (name: string, verb?: string) => ({
  action: { name, typed_config: type('envoy.config.rbac.v3.Action', { name, action: verb }) },
});
const when = (input: object, exact: string, on_match: object) => ({
  predicate: { single_predicate: { input, value_match: { exact } } },
  on_match,
});
const list = (...matchers: object[]) => ({ matcher_list: { matchers } });

function decide(config: object, request: RbacRequest = {}) {
  return evaluateRbacFilter(new View(config as Record<string, unknown>, ''), rbacInput(request));
}

describe('the matcher form', () => {
  const me = { peer: { uriSans: ['spiffe://d/a', 'spiffe://d/b'], dnsSans: ['a.example'], subject: 'CN=a' } };
  it.each<[string, object, RbacRequest, boolean | 'unknown', string | null, string | null]>([
    ['ALLOW by default', list(when(header(':method'), 'GET', action('read'))), {}, true, 'read', null],
    [
      'ALLOW that is not reached',
      list(when(header(':method'), 'GET', action('read'))),
      { method: 'PUT' },
      false,
      null,
      'none',
    ],
    ['DENY', list(when(header(':method'), 'GET', action('read', 'DENY'))), {}, false, 'read', 'read'],
    ['LOG', list(when(header(':method'), 'GET', action('read', 'LOG'))), {}, true, 'read', null],
    [
      'on_no_match',
      { ...list(when(header(':method'), 'PUT', action('write'))), on_no_match: action('other', 'DENY') },
      {},
      false,
      'other',
      'other',
    ],
    [
      'no header in a network filter',
      list(when(header(':method'), 'GET', action('read'))),
      { headers: null },
      false,
      null,
      'none',
    ],
    ['a query parameter', list(when(query, 'me', action('mine'))), { path: '/?user=me' }, true, 'mine', null],
    [
      'a query parameter, percent-decoded',
      list(when(query, 'j+d/é', action('mine'))),
      { path: '/?a=b&us%65r=j+d%2F%C3%A9&user=other' },
      true,
      'mine',
      null,
    ],
    ['a cookie', list(when(cookie, '1,2', action('c'))), { headers: { cookie: 'b=0; a="1"; a=2' } }, true, 'c', null],
    ['no such cookie', list(when(cookie, '', action('c'))), { headers: { cookie: 'b=0' } }, false, null, 'none'],
    [
      'the destination address',
      list(when(network('DestinationIPInput'), '10.244.0.12', action('here'))),
      {},
      true,
      'here',
      null,
    ],
    [
      'the destination port',
      list(when(network('DestinationPortInput'), '9080', action('port'))),
      {},
      true,
      'port',
      null,
    ],
    [
      'the source address',
      list(when(network('SourceIPInput'), '10.0.0.1', action('client'))),
      { remoteIp: '10.0.0.1' },
      true,
      'client',
      null,
    ],
    [
      'the direct source address',
      list(when(network('DirectSourceIPInput'), '10.244.0.30', action('peer'))),
      { remoteIp: '10.0.0.1' },
      true,
      'peer',
      null,
    ],
    ['the source port', list(when(network('SourcePortInput'), '43210', action('port'))), {}, true, 'port', null],
    [
      'the server name',
      list(when(network('ServerNameInput'), 'a.example', action('name'))),
      { requestedServerName: 'a.example' },
      true,
      'name',
      null,
    ],
    ['no server name', { ...list(when(network('ServerNameInput'), '', action('name'))) }, {}, false, null, 'none'],
    [
      'URIs of the certificate',
      list(when(ssl('UriSanInput'), 'spiffe://d/a,spiffe://d/b', action('me'))),
      me,
      true,
      'me',
      null,
    ],
    ['DNS names of the certificate', list(when(ssl('DnsSanInput'), 'a.example', action('me'))), me, true, 'me', null],
    ['the subject of the certificate', list(when(ssl('SubjectInput'), 'CN=a', action('me'))), me, true, 'me', null],
    [
      'no certificate',
      list(when(ssl('SubjectInput'), '', action('me'))),
      { tls: 'tls', peer: 'none' },
      false,
      null,
      'none',
    ],
    [
      'a certificate that nobody gave',
      list(when(ssl('UriSanInput'), 'spiffe://d/a', action('me'))),
      {},
      'unknown',
      null,
      null,
    ],
    [
      'an address that nobody gave',
      list(when(network('DestinationIPInput'), '10.0.0.1', action('a'))),
      { destinationIp: undefined },
      'unknown',
      null,
      null,
    ],
    ['filter state', list(when(state, 'v', action('s'))), { filterState: () => 'v' }, true, 's', null],
    [
      'filter state that nobody gave',
      list(when(state, 'v', action('s'))),
      { filterState: () => ({ unknown: 'needs-input', what: 'k' }) },
      'unknown',
      null,
      null,
    ],
    ['an input that is not known', list(when(network('NewInput'), 'v', action('n'))), {}, 'unknown', null, null],
    [
      'an action before the unknown input',
      list(when(header(':method'), 'GET', action('read')), when(network('NewInput'), 'v', action('n'))),
      {},
      true,
      'read',
      null,
    ],
    ['an empty matcher', {}, {}, false, null, 'none'],
  ])('%s', (_, matcher, request, allowed, policy, denied) => {
    const decision = decide({ matcher }, request).enforced;
    expect(decision !== null && isUnknown(decision.allowed) ? 'unknown' : decision?.allowed).toBe(allowed);
    expect(decision?.policy).toBe(policy);
    expect(decision?.details).toBe(denied === null ? null : `rbac_access_denied_matched_policy[${denied}]`);
  });

  it('tells what led to the action', () => {
    const decision = decide({ matcher: list(when(header(':method'), 'GET', action('read', 'DENY'))) }).enforced;
    expect(decision?.why).toBe('action read is reached: header :method is exactly "GET"');
    expect(decision?.policies[0]?.pointer).toBe('/matcher/matcher_list/matchers/0/on_match/action');
  });

  it('goes before rules', () => {
    const rules = { policies: { p: { permissions: [{ any: true }], principals: [{ any: true }] } } };
    expect(decide({ matcher: list(when(header(':method'), 'PUT', action('write'))), rules }).enforced?.allowed).toBe(
      false,
    );
  });
});

describe('evaluateRbacFilter', () => {
  it('enforces nothing without rules', () => {
    expect(decide({})).toEqual({ enforced: null, shadow: null, metadata: {}, unknownMetadata: {} });
  });

  it('enforces an ALLOW of nothing with empty rules', () => {
    expect(decide(filters['reviews tcp allow'], { headers: null }).enforced).toMatchObject({
      action: 'ALLOW',
      allowed: false,
    });
  });

  it('keeps a dry run apart', () => {
    const decision = decide(filters['productpage dry run']);
    expect(decision.enforced).toBeNull();
    expect(decision.shadow).toMatchObject({ allowed: false, policy: null });
    expect(decision.metadata).toEqual({ istio_dry_run_allow_shadow_engine_result: 'denied' });
  });

  const custom = (principal: object) => ({
    shadow_rules: {
      action: 'DENY',
      policies: {
        'istio-ext-authz-ns[foo]-policy[ext]-rule[0]': { permissions: [{ any: true }], principals: [principal] },
      },
    },
    shadow_rules_stat_prefix: 'istio_ext_authz_',
  });
  const someone = { authenticated: { principal_name: { exact: 'spiffe://d/ns/a/sa/b' } } };

  it('says which CUSTOM policy would ask', () => {
    expect(decide(custom({ any: true })).metadata).toEqual({
      istio_ext_authz_shadow_effective_policy_id: 'istio-ext-authz-ns[foo]-policy[ext]-rule[0]',
      istio_ext_authz_shadow_engine_result: 'denied',
    });
    expect(decide(custom({ not_id: { any: true } })).metadata).toEqual({
      istio_ext_authz_shadow_engine_result: 'allowed',
    });
  });

  it('does not say what nobody knows', () => {
    const unknown = decide(custom(someone));
    expect(unknown.metadata).toEqual({});
    expect(Object.keys(unknown.unknownMetadata)).toEqual([
      'istio_ext_authz_shadow_effective_policy_id',
      'istio_ext_authz_shadow_engine_result',
    ]);
    const all = { permissions: [{ any: true }], principals: [{ any: true }] };
    const certain = decide({ shadow_rules: { policies: { a: { ...all, principals: [someone] }, b: all } } });
    expect(certain.metadata).toEqual({ shadow_engine_result: 'allowed' });
    expect(Object.keys(certain.unknownMetadata)).toEqual(['shadow_effective_policy_id']);
  });
});
