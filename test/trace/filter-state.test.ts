import { describe, expect, it } from 'vitest';
import type { TraceRequest } from '../../src/trace/request.js';
import type { TraceResult } from '../../src/trace/result.js';
import { traceRequest } from '../../src/trace/trace.js';
import { chain, extension, hcm, listener, ROUTER, route, staticCluster, virtualHost } from '../support/messages.js';
import { GATEWAY, type Json, minimalProxy } from '../support/minimal-proxy.js';

/** A FilterStateValue of key `k`. */
const value = (inline_string: string, more: Json = {}): Json => ({
  object_key: 'k',
  factory_key: 'envoy.string',
  format_string: { text_format_source: { inline_string } },
  ...more,
});

const setFor = (place: string, field: string, ...values: Json[]): Json =>
  extension('set_filter_state', `envoy.extensions.filters.${place}.set_filter_state.v3.Config`, { [field]: values });

/** Where filters stand between the client and the router, and what the only virtual host holds. */
interface Parts {
  readonly ofListener?: readonly Json[];
  readonly ofConnection?: readonly Json[];
  readonly ofRequest?: readonly Json[];
  readonly routes?: readonly Json[];
  readonly host?: Json;
}

async function traced(parts: Parts, request: TraceRequest = {}): Promise<TraceResult> {
  const { ofListener = [], ofConnection = [], ofRequest = [], routes = [route('a')], host = {} } = parts;
  const http = {
    route_config: { name: 'inline', virtual_hosts: [virtualHost(routes, host)] },
    http_filters: [...ofRequest, ROUTER],
  };
  const proxy = await minimalProxy({
    node: GATEWAY,
    listeners: [listener(80, [chain([...ofConnection, hcm([], http)])], { listener_filters: ofListener })],
    clusters: ['a', 'b'].map(name => staticCluster(name, ['10.0.0.9:80'])),
  });
  return traceRequest(proxy, { ip: '10.0.0.2', port: 80, host: 'a.example', ...request });
}

const IS_YES = { key: 'k', string_match: { exact: 'yes' } };
const BY_STATE = [{ match: { prefix: '/', filter_state: [IS_YES] }, route: { cluster: 'a' } }, route('b')];
const RBAC = extension('rbac', 'envoy.extensions.filters.http.rbac.v3.RBAC', {
  rules: { action: 'ALLOW', policies: { p: { permissions: [{ any: true }], principals: [{ filter_state: IS_YES }] } } },
});
const JWT = extension('jwt', 'envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication', {
  providers: { p: { issuer: 'i', local_jwks: { inline_string: '{}' } } },
  filter_state_rules: { name: 'k', requires: { yes: { provider_name: 'p' } } },
});
const NOT_KNOWN = 'filter state k, which set_filter_state makes of %START_TIME%';

describe('filter state that is set for the request', () => {
  const onRequest = (...values: Json[]) => setFor('http', 'on_request_headers', ...values);

  it.each<[string, Json[], TraceRequest, boolean | string]>([
    ['nothing sets', [], {}, false],
    ['a text', [onRequest(value('yes'))], {}, true],
    ['in the older form', [onRequest(value('', { format_string: { text_format: 'yes' } }))], {}, true],
    ['another text', [onRequest(value('no'))], {}, false],
    ['under another key', [onRequest(value('yes', { object_key: 'other' }))], {}, false],
    ['by a header', [onRequest(value('%REQ(x-a)%'))], { headers: { 'x-a': 'yes' } }, true],
    ['by a header that is absent', [onRequest(value('%REQ(x-a)%'))], {}, false],
    ['twice, the last one counts', [onRequest(value('no'), value('yes'))], {}, true],
    ['nothing, where it is empty', [onRequest(value('yes'), value('', { skip_if_empty: true }))], {}, true],
    ['nothing, where it is switched off', [{ ...onRequest(value('yes')), disabled: true }], {}, false],
    ['what only Envoy knows', [onRequest(value('%START_TIME%'))], {}, NOT_KNOWN],
    [
      'an object that is no text',
      [onRequest(value('yes', { factory_key: 'example.factory' }))],
      {},
      'filter state k, which set_filter_state makes of yes',
    ],
  ])('%s', async (_, filters, request, holds) => {
    const byRbac = await traced({ ofRequest: [...filters, RBAC] }, request);
    const byJwt = await traced({ ofRequest: [...filters, JWT] }, request);
    if (typeof holds === 'string') {
      for (const { outcome, missing } of [byRbac, byJwt]) expect([outcome, missing]).toEqual(['undetermined', [holds]]);
      return;
    }
    expect(byRbac.reason).toBe(holds ? null : 'rbac_denied');
    expect(byJwt.reason).toBe(holds ? 'jwt_denied' : null);
  });

  it('the route sets after the filter', async () => {
    const override = {
      typed_per_filter_config: {
        set_filter_state: {
          '@type': 'x/envoy.extensions.filters.http.set_filter_state.v3.Config',
          on_request_headers: [value('yes')],
        },
      },
    };
    const parts = { ofRequest: [onRequest(value('no')), RBAC], routes: [route('a', override)] };
    expect((await traced(parts)).outcome).toBe('forwarded');
  });

  it.each([
    [true, 'a'],
    [false, 'b'],
  ])('has the route chosen again, clear_route_cache %s', async (clear_route_cache, cluster) => {
    const filter = extension('set_filter_state', 'envoy.extensions.filters.http.set_filter_state.v3.Config', {
      on_request_headers: [value('yes')],
      clear_route_cache,
    });
    expect((await traced({ ofRequest: [filter], routes: BY_STATE })).cluster).toBe(cluster);
  });
});

describe('filter state that is set before a route is chosen', () => {
  const onNew = (...values: Json[]) => setFor('network', 'on_new_connection', ...values);

  it.each<[string, Parts, string | null]>([
    ['nothing', {}, 'b'],
    ['for the connection', { ofConnection: [onNew(value('yes'))] }, 'a'],
    ['after the handshake', { ofConnection: [setFor('network', 'on_downstream_tls_handshake', value('yes'))] }, 'a'],
    ['by the listener', { ofListener: [setFor('listener', 'on_accept', value('yes'))] }, 'a'],
    ['what only Envoy knows', { ofConnection: [onNew(value('%START_TIME%'))] }, null],
  ])('%s', async (_, parts, cluster) => {
    const result = await traced({ ...parts, routes: BY_STATE });
    expect(result.cluster).toBe(cluster);
    expect(result.missing).toEqual(cluster === null ? [NOT_KNOWN] : []);
  });
});
