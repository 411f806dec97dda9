import { describe, expect, it } from 'vitest';
import { answer, decide, metadata, path, type Row } from './rbac-answer.js';
import type { RbacRequest } from './rbac-request.js';

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

describe('permissions', () => {
  it.each(permissions)('%s', (_, permission, request, allowed, why) => {
    const policies = { p: { permissions: [permission], principals: [{ any: true }] } };
    expect(answer(policies, request)).toBe(allowed);
    expect(decide(policies, request).policies[0]?.why).toContain(why);
  });
});
