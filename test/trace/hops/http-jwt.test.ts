import { describe, expect, it } from 'vitest';
import type { TraceRequest } from '../../../src/trace/request.js';
import { extension, route } from '../../support/messages.js';
import type { Json } from '../../support/minimal-proxy.js';
import { type HttpParts, headersThrough, stepOf, throughHttp } from './through-http.js';

const JWT = 'envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication';
const P = { issuer: 'i', payload_in_metadata: 'payload', remote_jwks: { http_uri: { cluster: 'keys' } } };
const RULE = { match: { prefix: '/' }, requires: { provider_name: 'p' } };
const filter = (config: Json = {}): Json => extension('jwt', JWT, { providers: { p: P }, rules: [RULE], ...config });
const perRoute = (config: Json): Json => ({
  typed_per_filter_config: {
    jwt: { '@type': 'x/envoy.extensions.filters.http.jwt_authn.v3.PerRouteConfig', ...config },
  },
});
const with_ = (config: Json = {}, ofRoute: Json = {}): HttpParts => ({
  routes: [route('a', ofRoute)],
  filters: [filter(config)],
});
const CLAIMS: TraceRequest = { claims: { iss: 'i', sub: 's' } };

describe('JWT authentication', () => {
  it.each<[string, HttpParts, TraceRequest, number | null, string | null]>([
    ['without a token', with_(), {}, 401, 'jwt_authn_access_denied{Jwt_is_missing}'],
    ['with a token', with_(), CLAIMS, null, null],
    [
      'with a token of another issuer',
      with_(),
      { claims: { iss: 'x' } },
      401,
      'jwt_authn_access_denied{Jwt_issuer_is_not_configured}',
    ],
    [
      'with a token for another audience',
      with_({ providers: { p: { ...P, audiences: ['b'] } } }),
      { claims: { iss: 'i', aud: 'a' } },
      403,
      'jwt_authn_access_denied{Audiences_in_Jwt_are_not_allowed}',
    ],
    [
      'where it may be missing',
      with_({
        rules: [
          { ...RULE, requires: { requires_any: { requirements: [{ provider_name: 'p' }, { allow_missing: {} }] } } },
        ],
      }),
      {},
      null,
      null,
    ],
    [
      'where it may be missing, and is wrong',
      with_({
        rules: [
          { ...RULE, requires: { requires_any: { requirements: [{ provider_name: 'p' }, { allow_missing: {} }] } } },
        ],
      }),
      { claims: { iss: 'x' } },
      401,
      'jwt_authn_access_denied{Jwt_issuer_is_not_configured}',
    ],
    ['of a path that no rule names', with_({ rules: [{ ...RULE, match: { prefix: '/other' } }] }), {}, null, null],
    [
      'by a requirement of the map',
      with_({
        rules: [{ match: { prefix: '/' }, requirement_name: 'r' }],
        requirement_map: { r: { provider_name: 'p' } },
      }),
      {},
      401,
      'jwt_authn_access_denied{Jwt_is_missing}',
    ],
    [
      'of all of several',
      with_({
        rules: [
          { ...RULE, requires: { requires_all: { requirements: [{ provider_name: 'p' }, { allow_missing: {} }] } } },
        ],
      }),
      {},
      401,
      'jwt_authn_access_denied{Jwt_is_missing}',
    ],
    ['switched off by the route', with_({}, perRoute({ disabled: true })), {}, null, null],
    [
      'by the route’s requirement',
      with_({ rules: [], requirement_map: { r: { provider_name: 'p' } } }, perRoute({ requirement_name: 'r' })),
      {},
      401,
      'jwt_authn_access_denied{Jwt_is_missing}',
    ],
    [
      'by a requirement that the filter does not have',
      with_({}, perRoute({ requirement_name: 'gone' })),
      CLAIMS,
      403,
      'jwt_authn_access_denied{Wrong_requirement_name:_gone._It_should_be_one_of_[]}',
    ],
    [
      'of a CORS preflight',
      with_({ bypass_cors_preflight: true }),
      { method: 'OPTIONS', headers: { origin: 'o', 'access-control-request-method': 'PUT' } },
      null,
      null,
    ],
    [
      'of a CORS preflight that is not let by',
      with_(),
      { method: 'OPTIONS', headers: { origin: 'o', 'access-control-request-method': 'PUT' } },
      401,
      'jwt_authn_access_denied{Jwt_is_missing}',
    ],
  ])('%s', async (_, parts, request, responseCode, responseCodeDetails) => {
    const result = await throughHttp(parts, request);
    expect(result).toMatchObject({
      reason: responseCode === null ? null : 'jwt_denied',
      responseCode,
      responseFlag: null,
      responseCodeDetails,
    });
  });

  it('asks for the claims of a token that it cannot read', async () => {
    const result = await throughHttp(with_(), { headers: { authorization: 'Bearer x' } });
    expect(result).toMatchObject({ outcome: 'undetermined', missing: ['the claims of the token (claims)'] });
  });

  it('takes the keys for granted, and says from where they come', async () => {
    expect((await throughHttp(with_(), CLAIMS)).assumptions.join()).toContain('whose keys come from cluster keys');
  });

  it('spends the token, and passes claims on', async () => {
    const parts = with_({
      providers: { p: { ...P, claim_to_headers: [{ header_name: 'x-sub', claim_name: 'sub' }] } },
    });
    const headers = await headersThrough(
      { ...parts, manager: { generate_request_id: false } },
      {
        ...CLAIMS,
        headers: { authorization: 'Bearer x', 'x-sub': 'forged' },
      },
    );
    expect(headers).toEqual({ 'x-sub': 's' });
  });
});

describe('a cleared route cache', () => {
  const provider = { ...P, clear_route_cache: true, claim_to_headers: [{ header_name: 'x-sub', claim_name: 'sub' }] };
  const bySub = {
    match: { prefix: '/', headers: [{ name: 'x-sub', string_match: { exact: 's' } }] },
    route: { cluster: 'b' },
  };
  const parts: HttpParts = { routes: [bySub, route('a')], filters: [filter({ providers: { p: provider } })] };

  it('chooses the route again with the claims', async () => {
    const result = await throughHttp(parts, CLAIMS);
    expect(result.cluster).toBe('b');
    expect(stepOf(result, 'route')?.pointer).toMatch(/routes\/1$/);
  });

  it('may find one where there was none, and none where there was one', async () => {
    expect((await throughHttp({ ...parts, routes: [bySub] }, CLAIMS)).cluster).toBe('b');
    const absent = {
      match: { prefix: '/', headers: [{ name: 'x-sub', present_match: false }] },
      route: { cluster: 'a' },
    };
    expect((await throughHttp({ ...parts, routes: [absent] }, CLAIMS)).reason).toBe('no_route');
  });

  it('does not undo require_tls', async () => {
    expect((await throughHttp({ ...parts, host: { require_tls: 'ALL' } }, CLAIMS)).reason).toBe('tls_required');
  });
});
