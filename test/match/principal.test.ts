import { describe, expect, it } from 'vitest';
import { answer, decide, metadata, named, path, type Row } from './rbac-answer.js';

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

describe('principals', () => {
  it.each(principals)('%s', (_, principal, request, allowed, why) => {
    const policies = { p: { permissions: [{ any: true }], principals: [principal] } };
    expect(answer(policies, request)).toBe(allowed);
    expect(decide(policies, request).policies[0]?.why).toContain(why);
  });
});
