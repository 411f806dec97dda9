import { describe, expect, it } from 'vitest';
import { evaluateRbac, rbacDeniedDetails } from '../../src/match/rbac.js';
import { isUnknown } from '../../src/match/ternary.js';
import { View } from '../../src/model/view.js';
import { type RbacRequest, rbacInput } from './rbac-request.js';

type Answer = boolean | 'needs-input' | 'unsupported';
type Row = [title: string, rule: object, request: RbacRequest, allowed: Answer, why: string];

const path = (matcher: object) => ({ url_path: { path: matcher } });
const named = (principal_name: object) => ({ authenticated: { principal_name } });
const metadata = (value: object, ...keys: string[]) => ({
  filter: 'istio_authn',
  path: keys.map(key => ({ key })),
  value,
});
const template = {
  typed_config: {
    '@type': 'type.googleapis.com/envoy.extensions.path.match.uri_template.v3.UriTemplateMatchConfig',
    path_template: '/users/{id}',
  },
};
const withDuplicates = (...values: string[]): RbacRequest => ({
  headers: { role: values.join(',') },
  headerValues: name => (name === 'role' ? values : []),
});
const role = { name: 'role', string_match: { exact: 'admin' } };

const permissions: Row[] = [
  ['any', { any: true }, {}, true, 'any request'],
  ['and of two that match', { and_rules: { rules: [{ any: true }, { destination_port: 9080 }] } }, {}, true, '9080'],
  [
    'and with one that fails',
    { and_rules: { rules: [{ any: true }, { destination_port: 80 }] } },
    {},
    false,
    '9080, not 80',
  ],
  [
    'and of unknown and false',
    { and_rules: { rules: [{ requested_server_name: { exact: 'a' } }, { destination_port: 80 }] } },
    { requestedServerName: undefined },
    false,
    'not 80',
  ],
  [
    'and of unknown and true',
    { and_rules: { rules: [{ requested_server_name: { exact: 'a' } }, { any: true }] } },
    { requestedServerName: undefined },
    'needs-input',
    'server name',
  ],
  [
    'or of unknown and true',
    { or_rules: { rules: [{ requested_server_name: { exact: 'a' } }, { any: true }] } },
    { requestedServerName: undefined },
    true,
    'any request',
  ],
  [
    'or of unknown and false',
    { or_rules: { rules: [{ requested_server_name: { exact: 'a' } }, { destination_port: 80 }] } },
    { requestedServerName: undefined },
    'needs-input',
    'server name',
  ],
  ['not of what matches', { not_rule: { any: true } }, {}, false, 'excluded'],
  ['not of what fails', { not_rule: { destination_port: 80 } }, {}, true, 'not excluded'],
  [
    'not of unknown',
    { not_rule: { requested_server_name: { exact: 'a' } } },
    { requestedServerName: undefined },
    'needs-input',
    'server name',
  ],
  ['a header', { header: { name: ':method', string_match: { exact: 'GET' } } }, {}, true, ':method'],
  ['a header in the v2 form', { header: { name: ':method', exact_match: 'GET' } }, {}, true, ':method'],
  ['a header that is absent', { header: { name: 'x-user', string_match: { exact: 'me' } } }, {}, false, 'x-user'],
  [
    'a header on the path with its query',
    { header: { name: ':path', string_match: { exact: '/a?b=c' } } },
    { headers: { ':path': '/a?b=c' } },
    true,
    ':path',
  ],
  [
    'a header in a network filter',
    { header: { name: ':method', string_match: { exact: 'GET' } } },
    { headers: null },
    false,
    'no headers',
  ],
  [
    'no header in a network filter',
    { not_rule: { header: { name: ':method', string_match: { exact: 'GET' } } } },
    { headers: null },
    true,
    'no headers',
  ],
  ['a repeated header that no Envoy matches', { header: role }, withDuplicates('user', 'guest'), false, 'role'],
  [
    'a repeated header in an Envoy of unknown version',
    { header: role },
    withDuplicates('user', 'admin'),
    'unsupported',
    'CVE-2026-26308',
  ],
  [
    'a repeated header in an old Envoy',
    { header: role },
    { ...withDuplicates('user', 'admin'), matchesHeadersIndividually: false },
    false,
    'role',
  ],
  [
    'a repeated header in a new Envoy',
    { header: role },
    { ...withDuplicates('user', 'admin'), matchesHeadersIndividually: true },
    true,
    'role',
  ],
  [
    'an inverted repeated header in a new Envoy',
    { header: { ...role, invert_match: true } },
    { ...withDuplicates('user', 'admin'), matchesHeadersIndividually: true },
    'unsupported',
    'CVE-2026-26308',
  ],
  [
    'an inverted repeated header without the value',
    { header: { ...role, invert_match: true } },
    withDuplicates('user', 'guest'),
    true,
    'role',
  ],
  ['a path without its query', path({ exact: '/a' }), { path: '/a?b=c' }, true, '/a'],
  ['a path without its fragment', path({ exact: '/a' }), { path: '/a#b' }, true, '/a'],
  ['a path by suffix', path({ suffix: '.html' }), { path: '/a.html?x=.css' }, true, '/a.html'],
  ['a path by regex', path({ safe_regex: { regex: '/a/[0-9]+' } }), { path: '/a/12' }, true, '/a/12'],
  [
    'a path by regex matches as a whole',
    path({ safe_regex: { regex: '/a/[0-9]+' } }),
    { path: '/a/12/b' },
    false,
    '/a/12/b',
  ],
  ['a path whatever its case', path({ prefix: '/API/', ignore_case: true }), { path: '/api/x' }, true, '/api/x'],
  ['a path in a network filter', path({ prefix: '/' }), { headers: null }, false, 'no path'],
  ['a URI template', { uri_template: template }, { path: '/users/7?x=1' }, true, '/users/7'],
  ['a URI template that is too short', { uri_template: template }, { path: '/users/7/posts' }, false, '/users/7/posts'],
  [
    'a destination address',
    { destination_ip: { address_prefix: '10.244.0.0', prefix_len: 24 } },
    {},
    true,
    'in 10.244.0.0/24',
  ],
  [
    'a destination address elsewhere',
    { destination_ip: { address_prefix: '10.245.0.0', prefix_len: 16 } },
    {},
    false,
    'not in 10.245.0.0/16',
  ],
  [
    'an IPv6 destination',
    { destination_ip: { address_prefix: 'fd00::', prefix_len: 8 } },
    { destinationIp: 'fd00::12' },
    true,
    'fd00::12',
  ],
  [
    'a destination of the other family',
    { destination_ip: { address_prefix: '::', prefix_len: 0 } },
    {},
    false,
    'not in',
  ],
  [
    'a destination that nobody gave',
    { destination_ip: { address_prefix: '10.0.0.0', prefix_len: 8 } },
    { destinationIp: undefined },
    'needs-input',
    'destination address',
  ],
  ['a destination port', { destination_port: 9080 }, {}, true, '9080'],
  ['a destination port as text', { destination_port: '9080' }, {}, true, '9080'],
  ['the start of a port range', { destination_port_range: { start: 9080, end: 9090 } }, {}, true, '9080 to 9089'],
  [
    'the end of a port range is not part of it',
    { destination_port_range: { start: 9000, end: 9080 } },
    {},
    false,
    '9000 to 9079',
  ],
  [
    'an SNI',
    { requested_server_name: { suffix: '.example.com' } },
    { requestedServerName: 'a.example.com' },
    true,
    'a.example.com',
  ],
  ['no SNI', { requested_server_name: { exact: 'a.example.com' } }, {}, false, 'server name'],
  [
    'metadata',
    { metadata: metadata({ string_match: { exact: 'a' } }, 'k') },
    { metadata: { istio_authn: { k: 'a' } } },
    true,
    'istio_authn k',
  ],
  [
    'metadata that is not there',
    { metadata: metadata({ string_match: { exact: 'a' } }, 'k') },
    {},
    false,
    'istio_authn k',
  ],
  [
    'metadata in camel case',
    { metadata: { filter: 'istio_authn', path: [{ key: 'k' }], value: { stringMatch: { exact: 'a' } } } },
    { metadata: { istio_authn: { k: 'a' } } },
    true,
    'k',
  ],
  [
    'metadata of another source',
    { sourced_metadata: { metadata_matcher: metadata({ string_match: { exact: 'a' } }, 'k') } },
    { metadata: { istio_authn: { k: 'a' } } },
    true,
    'k',
  ],
  [
    'metadata of the route',
    {
      sourced_metadata: { metadata_matcher: metadata({ string_match: { exact: 'a' } }, 'k'), metadata_source: 'ROUTE' },
    },
    { routeMetadata: () => ({ k: 'a' }) },
    true,
    'k',
  ],
  [
    'metadata without a route',
    {
      sourced_metadata: { metadata_matcher: metadata({ string_match: { exact: 'a' } }, 'k'), metadata_source: 'ROUTE' },
    },
    { metadata: { istio_authn: { k: 'a' } } },
    false,
    'no route',
  ],
  [
    'a matcher extension',
    {
      matcher: {
        name: 'up',
        typed_config: {
          '@type': 'type.googleapis.com/envoy.extensions.rbac.matchers.upstream_ip_port.v3.UpstreamIpPortMatcher',
        },
      },
    },
    {},
    'unsupported',
    'envoy.extensions.rbac.matchers.upstream_ip_port.v3.UpstreamIpPortMatcher',
  ],
  ['a kind of permission that is not known', { new_rule: {} }, {}, 'unsupported', 'new_rule'],
];

const principals: Row[] = [
  ['any', { any: true }, {}, true, 'any source'],
  [
    'and of ids',
    { and_ids: { ids: [{ any: true }, { source_ip: { address_prefix: '10.0.0.0', prefix_len: 8 } }] } },
    {},
    true,
    '10.0.0.0/8',
  ],
  ['or of ids', { or_ids: { ids: [{ not_id: { any: true } }, { any: true }] } }, {}, true, 'any source'],
  ['authenticated without a name', { authenticated: {} }, {}, true, 'TLS'],
  ['authenticated without a name, no certificate', { authenticated: {} }, { tls: 'tls', peer: 'none' }, true, 'TLS'],
  [
    'authenticated without a name, plaintext',
    { authenticated: {} },
    { tls: 'plaintext', peer: 'none' },
    false,
    'plaintext',
  ],
  [
    'a principal by name',
    named({ exact: 'spiffe://d/ns/a/sa/b' }),
    { principal: 'spiffe://d/ns/a/sa/b' },
    true,
    'spiffe://d/ns/a/sa/b',
  ],
  [
    'a principal by prefix',
    named({ prefix: 'spiffe://d/ns/a/' }),
    { principal: 'spiffe://d/ns/a/sa/b' },
    true,
    'spiffe://d/ns/a/sa/b',
  ],
  [
    'a principal by suffix',
    named({ suffix: '/sa/b' }),
    { principal: 'spiffe://d/ns/a/sa/b' },
    true,
    'spiffe://d/ns/a/sa/b',
  ],
  [
    'a principal by part',
    named({ contains: '/ns/a/' }),
    { principal: 'spiffe://d/ns/a/sa/b' },
    true,
    'spiffe://d/ns/a/sa/b',
  ],
  [
    'a principal by regex',
    named({ safe_regex: { regex: '.*/sa/b' } }),
    { principal: 'spiffe://d/ns/a/sa/b' },
    true,
    'spiffe://d/ns/a/sa/b',
  ],
  [
    'a regex that matches no certificate',
    named({ safe_regex: { regex: '.*' } }),
    { tls: 'tls', peer: 'none' },
    true,
    'no certificate',
  ],
  [
    'a regex in plaintext',
    named({ safe_regex: { regex: '.*' } }),
    { tls: 'plaintext', peer: 'none' },
    false,
    'plaintext',
  ],
  [
    'a namespace in an exact name',
    named({ exact: 'spiffe://d/ns/a/sa/b' }),
    { sourceNamespace: 'c' },
    false,
    'namespace c',
  ],
  [
    'a namespace in a prefix',
    named({ prefix: 'spiffe://d/ns/a/sa/' }),
    { sourceNamespace: 'a' },
    'needs-input',
    'source principal',
  ],
  ['a source address', { source_ip: { address_prefix: '10.244.0.30', prefix_len: 32 } }, {}, true, '10.244.0.30'],
  [
    'a direct address',
    { direct_remote_ip: { address_prefix: '192.0.2.0', prefix_len: 24 } },
    { directRemoteIp: '192.0.2.9', remoteIp: '10.0.0.1' },
    true,
    '192.0.2.9',
  ],
  [
    'a remote address',
    { remote_ip: { address_prefix: '192.0.2.0', prefix_len: 24 } },
    { directRemoteIp: '192.0.2.9', remoteIp: '10.0.0.1' },
    false,
    '10.0.0.1',
  ],
  [
    'a remote address that nobody gave',
    { remote_ip: { address_prefix: '192.0.2.0', prefix_len: 24 } },
    { remoteIp: undefined },
    'needs-input',
    'remote address',
  ],
  ['all addresses without prefix_len', { remote_ip: { address_prefix: '0.0.0.0' } }, {}, true, '0.0.0.0/0'],
  ['a header', { header: { name: 'x-user', present_match: true } }, { headers: { 'x-user': 'me' } }, true, 'x-user'],
  ['a path', path({ prefix: '/a' }), { path: '/a/b' }, true, '/a/b'],
  [
    'metadata of Istio 1.2',
    { metadata: metadata({ string_match: { regex: '.*/ns/default/.*' } }, 'source.principal') },
    { metadata: { istio_authn: { 'source.principal': 'cluster.local/ns/default/sa/x' } } },
    true,
    'source.principal',
  ],
  [
    'metadata that nobody gave',
    { metadata: metadata({ string_match: { exact: 'a' } }, 'source.principal') },
    {
      unknownMetadata: (_, key) =>
        key === 'source.principal' ? { unknown: 'needs-input', what: 'from.principal' } : undefined,
    },
    'needs-input',
    'from.principal',
  ],
  [
    'filter state',
    { filter_state: { key: 'io.istio.peer_principal', string_match: { exact: 'spiffe://d/ns/a/sa/b' } } },
    { filterState: () => 'spiffe://d/ns/a/sa/b' },
    true,
    'io.istio.peer_principal',
  ],
  ['filter state that is not set', { filter_state: { key: 'k', string_match: { exact: '' } } }, {}, false, 'not set'],
  [
    'filter state that nobody gave',
    { filter_state: { key: 'k', string_match: { exact: 'a' } } },
    { filterState: () => ({ unknown: 'needs-input', what: 'from.principal' }) },
    'needs-input',
    'from.principal',
  ],
  [
    'filter state as an address',
    { filter_state: { key: 'k', address_match: { ranges: [{ address_prefix: '10.0.0.0', prefix_len: 8 }] } } },
    { filterState: () => '10.1.2.3' },
    true,
    '10.1.2.3',
  ],
  [
    'an extension',
    {
      custom: {
        name: 'm',
        typed_config: { '@type': 'type.googleapis.com/envoy.extensions.rbac.principals.mtls_authenticated.v3.Config' },
      },
    },
    {},
    'unsupported',
    'mtls_authenticated',
  ],
  ['a kind of principal that is not known', {}, {}, 'unsupported', 'empty'],
];

function decide(policies: object, request: RbacRequest, action?: string) {
  return evaluateRbac(new View({ action, policies }, '/rules'), rbacInput(request));
}

function answer(policies: object, request: RbacRequest, action?: string): Answer {
  const { allowed } = decide(policies, request, action);
  return isUnknown(allowed) ? allowed.unknown : allowed;
}

describe('permissions', () => {
  it.each(permissions)('%s', (_, permission, request, allowed, why) => {
    const policies = { p: { permissions: [permission], principals: [{ any: true }] } };
    expect(answer(policies, request)).toBe(allowed);
    expect(decide(policies, request).policies[0]?.why).toContain(why);
  });
});

describe('principals', () => {
  it.each(principals)('%s', (_, principal, request, allowed, why) => {
    const policies = { p: { permissions: [{ any: true }], principals: [principal] } };
    expect(answer(policies, request)).toBe(allowed);
    expect(decide(policies, request).policies[0]?.why).toContain(why);
  });
});

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
