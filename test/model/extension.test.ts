import { describe, expect, it } from 'vitest';
import { extensionOf } from '../../src/model/extension.js';
import { transportSocketOf } from '../../src/model/transport-socket.js';
import { View } from '../../src/model/view.js';

const ANY = 'type.googleapis.com/';
const V3 = 'envoy.extensions.filters.http';
const TYPED_STRUCT = { '@type': `${ANY}xds.type.v3.TypedStruct` };

describe('extensionOf', () => {
  it.each<[what: string, message: Record<string, unknown>, kind: string, type: string | null, config: object]>([
    [
      'typed_config of v3',
      { name: 'a', typed_config: { '@type': `${ANY}${V3}.rbac.v3.RBAC`, rules: {} } },
      'rbac',
      `${V3}.rbac.v3.RBAC`,
      { rules: {} },
    ],
    [
      'typedConfig in camelCase',
      { name: 'a', typedConfig: { '@type': `${ANY}${V3}.rbac.v3.RBAC`, rules: {} } },
      'rbac',
      `${V3}.rbac.v3.RBAC`,
      { rules: {} },
    ],
    [
      'typed_config of v2',
      { name: 'a', typed_config: { '@type': `${ANY}envoy.config.filter.http.rbac.v2.RBAC`, rules: {} } },
      'rbac',
      'envoy.config.filter.http.rbac.v2.RBAC',
      { rules: {} },
    ],
    ['the untyped config of Istio 1.1', { name: 'envoy.cors', config: { a: 1 } }, 'cors', null, { a: 1 }],
    ['a name alone', { name: 'envoy.filters.http.router' }, 'router', null, {}],
    [
      'TypedStruct',
      {
        name: 'a',
        typed_config: { ...TYPED_STRUCT, type_url: `${ANY}${V3}.wasm.v3.Wasm`, value: { config: 1 } },
      },
      'wasm',
      `${V3}.wasm.v3.Wasm`,
      { config: 1 },
    ],
    ['nothing at all', {}, 'unknown', null, {}],
  ])('%s', (_, message, kind, type, config) => {
    const found = extensionOf(new View(message, '/x'));
    expect(found).toMatchObject({ kind, type });
    expect(found.config.value).toMatchObject(config);
  });

  it('keeps the place of the configuration inside a TypedStruct', () => {
    const message = { typed_config: { ...TYPED_STRUCT, type_url: 'x', value: {} } };
    expect(extensionOf(new View(message, '/f/0')).config.pointer).toBe('/f/0/typed_config/value');
  });
});

const TLS = { '@type': `${ANY}envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext`, sni: 'a' };
const tls = { name: 'envoy.transport_sockets.tls', typed_config: TLS };
const wrapped = (name: string, inner: object) => ({
  name,
  typed_config: { '@type': `${ANY}envoy.extensions.transport_sockets.${name}.v3.X`, transport_socket: inner },
});

describe('transportSocketOf', () => {
  it.each<[what: string, owner: Record<string, unknown>, kind: string, sni: string | undefined]>([
    ['none', {}, 'raw_buffer', undefined],
    ['tls_context of v2', { tls_context: { sni: 'a' } }, 'tls', 'a'],
    ['TLS', { transport_socket: tls }, 'tls', 'a'],
    ['TLS by its name of API v2, untyped', { transport_socket: { name: 'tls', config: { sni: 'a' } } }, 'tls', 'a'],
    ['TLS in a wrapper', { transport_socket: wrapped('internal_upstream', tls) }, 'tls', 'a'],
    ['TLS in two wrappers', { transport_socket: wrapped('tap', wrapped('proxy_protocol', tls)) }, 'tls', 'a'],
    [
      'a plain one in a wrapper',
      { transport_socket: wrapped('tap', { name: 'envoy.transport_sockets.raw_buffer' }) },
      'raw_buffer',
      undefined,
    ],
    ['another', { transport_socket: { name: 'envoy.transport_sockets.alts' } }, 'alts', undefined],
  ])('%s', (_, owner, kind, sni) => {
    const socket = transportSocketOf(new View(owner, ''));
    expect(socket.kind).toBe(kind);
    expect(socket.context?.string('sni')).toBe(sni);
  });
});
