import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { evaluateJwt } from '../../src/match/jwt.js';
import { isUnknown } from '../../src/match/ternary.js';
import { View } from '../../src/model/view.js';
import { type JwtRequest, jwtInput } from './jwt-request.js';

const filters = JSON.parse(readFileSync(new URL('fixtures/jwt-istio-1.30.json', import.meta.url), 'utf8'));

type Answer = true | 401 | 403 | 'needs-input' | 'unsupported';
type Row = [title: string, requires: object | undefined, request: JwtRequest, answer: Answer, details: string | null];

const NOW = 1_700_000_000;
const A = 'https://a.example';
const B = 'https://b.example';
const token = (claims: object): JwtRequest => ({ claims: { sub: 'me', ...claims } });
const bearer = { authorization: 'Bearer x.y.z' };
const MISSING = 'Jwt_is_missing';
const ISSUER = 'Jwt_issuer_is_not_configured';
const AUDIENCE = 'Audiences_in_Jwt_are_not_allowed';

const providers = {
  a: { issuer: A, audiences: ['shop', 'https://api.example/'], payload_in_metadata: 'payload' },
  b: { issuer: B, payload_in_metadata: 'b_payload', forward: true },
  any: { payload_in_metadata: 'any' },
  header: { issuer: A, from_headers: [{ name: 'X-Token' }] },
  cookie: { issuer: A, from_cookies: ['session'] },
  param: { issuer: A, from_params: ['jwt'] },
  strict: { issuer: A, subjects: { prefix: 'spiffe://' }, max_lifetime: '3600s' },
  expiring: { issuer: A, require_expiration: true },
  patient: { issuer: A, clock_skew_seconds: 600 },
};

const a = { provider_name: 'a' };
const b = { provider_name: 'b' };
const anyOf = (...requirements: object[]) => ({ requires_any: { requirements } });
const allOf = (...requirements: object[]) => ({ requires_all: { requirements } });
const missing = { allow_missing: {} };
const failed = { allow_missing_or_failed: {} };

const requirements: Row[] = [
  ['a rule without requirement', undefined, {}, true, null],
  ['an empty requirement', {}, {}, true, null],
  ['no token', a, {}, 401, MISSING],
  ['a token', a, token({ iss: A, aud: 'shop' }), true, null],
  ['a token of another issuer', a, token({ iss: B, aud: 'shop' }), 401, ISSUER],
  ['a token without issuer', a, token({ aud: 'shop' }), 401, ISSUER],
  ['a provider without issuer', { provider_name: 'any' }, token({ iss: 'whoever' }), true, null],
  ['another audience', a, token({ iss: A, aud: 'other' }), 403, AUDIENCE],
  ['no audience', a, token({ iss: A }), 403, AUDIENCE],
  ['one of several audiences', a, token({ iss: A, aud: ['other', 'shop'] }), true, null],
  ['an audience without scheme and slash', a, token({ iss: A, aud: 'api.example' }), true, null],
  ['an audience with another scheme', a, token({ iss: A, aud: 'http://shop/' }), true, null],
  ['audiences are not checked unless configured', b, token({ iss: B, aud: 'other' }), true, null],
  [
    'audiences of the requirement replace those of the provider',
    { provider_and_audiences: { provider_name: 'a', audiences: ['x'] } },
    token({ iss: A, aud: 'x' }),
    true,
    null,
  ],
  [
    'audiences of the requirement that fail',
    { provider_and_audiences: { provider_name: 'a', audiences: ['x'] } },
    token({ iss: A, aud: 'shop' }),
    403,
    AUDIENCE,
  ],
  ['the issuer is checked before the audience', a, token({ iss: B, aud: 'other' }), 401, ISSUER],
  ['expired', b, { ...token({ iss: B, exp: NOW - 61 }), now: NOW }, 401, 'Jwt_is_expired'],
  ['expired within the clock skew', b, { ...token({ iss: B, exp: NOW - 60 }), now: NOW }, true, null],
  [
    'expired within the clock skew of the provider',
    { provider_name: 'patient' },
    { ...token({ iss: A, exp: NOW - 600 }), now: NOW },
    true,
    null,
  ],
  ['expired at a time that nobody gave', b, token({ iss: B, exp: 1 }), true, null],
  ['not valid yet', b, { ...token({ iss: B, nbf: NOW + 61 }), now: NOW }, 401, 'Jwt_not_yet_valid'],
  [
    'the time is checked before the audience',
    a,
    { ...token({ iss: A, exp: 1, aud: 'other' }), now: NOW },
    401,
    'Jwt_is_expired',
  ],
  [
    'a subject',
    { provider_name: 'strict' },
    { ...token({ iss: A, sub: 'spiffe://x', exp: NOW + 60 }), now: NOW },
    true,
    null,
  ],
  [
    'another subject',
    { provider_name: 'strict' },
    { ...token({ iss: A, sub: 'me', exp: NOW + 60 }), now: NOW },
    401,
    null,
  ],
  [
    'too long a lifetime',
    { provider_name: 'strict' },
    { ...token({ iss: A, sub: 'spiffe://x', exp: NOW + 3600 }), now: NOW },
    401,
    null,
  ],
  ['no expiration where it is required', { provider_name: 'expiring' }, token({ iss: A }), 401, null],
  ['an expiration where it is required', { provider_name: 'expiring' }, token({ iss: A, exp: NOW }), true, null],
  ['a token that nobody described', a, { headers: bearer }, 'needs-input', null],
  ['another kind of authorization', a, { headers: { authorization: 'Basic x' } }, 401, MISSING],
  ['a token in the query that nobody described', a, { path: '/?access_token=x.y.z' }, 'needs-input', null],
  ['a token in a header of its own', { provider_name: 'header' }, { headers: { 'x-token': 'x' } }, 'needs-input', null],
  [
    'a token in the default header only',
    { provider_name: 'header' },
    { headers: bearer, ...token({ iss: A }) },
    401,
    MISSING,
  ],
  [
    'a described token in its header',
    { provider_name: 'header' },
    { headers: { 'x-token': 'x' }, ...token({ iss: A }) },
    true,
    null,
  ],
  ['a token in a cookie', { provider_name: 'cookie' }, { headers: { cookie: 'a=b; session=x' } }, 'needs-input', null],
  ['another cookie', { provider_name: 'cookie' }, { headers: { cookie: 'mysession=x' } }, 401, MISSING],
  ['a token in its parameter', { provider_name: 'param' }, { path: '/?a=b&jwt=x' }, 'needs-input', null],
  ['another parameter', { provider_name: 'param' }, { path: '/?njwt=x' }, 401, MISSING],
  ['a provider that is not there', { provider_name: 'nobody' }, {}, 'unsupported', null],
  ['a kind of requirement that is not known', { new_kind: {} }, {}, 'unsupported', null],

  ['any: the first', anyOf(a, b), token({ iss: A, aud: 'shop' }), true, null],
  ['any: the second', anyOf(a, b), token({ iss: B }), true, null],
  ['any: none', anyOf(a, b), {}, 401, MISSING],
  ['any: an issuer of neither', anyOf(a, b), token({ iss: 'x' }), 401, ISSUER],
  ['any: a graver failure wins over an issuer', anyOf(a, b), token({ iss: A, aud: 'other' }), 403, AUDIENCE],
  ['any: a graver failure wins wherever it stands', anyOf(b, a), token({ iss: A, aud: 'other' }), 403, AUDIENCE],
  ['any: unknown', anyOf(a, b), { headers: bearer }, 'needs-input', null],
  ['any: optional and missing', anyOf(a, missing), {}, true, null],
  ['any: optional and valid', anyOf(a, missing), token({ iss: A, aud: 'shop' }), true, null],
  ['any: optional and of another issuer', anyOf(a, missing), token({ iss: 'x' }), 401, ISSUER],
  ['any: optional with another audience', anyOf(a, missing), token({ iss: A, aud: 'other' }), 403, AUDIENCE],
  ['any: optional and unknown', anyOf(a, missing), { headers: bearer }, 'needs-input', null],
  ['any: failures allowed', anyOf(a, failed), token({ iss: 'x' }), true, null],
  ['any: failures allowed and unknown', anyOf(a, failed), { headers: bearer }, true, null],
  ['any: failures allowed wins over missing allowed', anyOf(a, missing, failed), token({ iss: 'x' }), true, null],
  ['any: only missing allowed', anyOf(missing, missing), token({ iss: 'x' }), true, null],

  ['all: of two issuers one token cannot be', allOf(a, b), token({ iss: B }), 401, ISSUER],
  ['all: each', allOf(b, { provider_name: 'any' }), token({ iss: B }), true, null],
  ['all: missing', allOf(b, { provider_name: 'any' }), {}, 401, MISSING],
  ['all: an optional and a required one', allOf(anyOf(a, missing), b), {}, 401, MISSING],
  ['all: the first failure tells', allOf(a, b), token({ iss: A, aud: 'other' }), 403, AUDIENCE],

  ['missing allowed, alone', missing, {}, true, null],
  ['missing allowed, alone, with a valid token', missing, token({ iss: B }), true, null],
  ['missing allowed, alone, with another audience', missing, token({ iss: A, aud: 'other' }), 403, AUDIENCE],
  ['missing allowed, alone, unknown', missing, { headers: bearer }, 'needs-input', null],
  ['failures allowed, alone', failed, token({ iss: A, aud: 'other' }), true, null],
  ['extraction only', { extract_only_without_validation: {} }, token({ iss: A, aud: 'other' }), true, null],
];

function decide(config: object, request: JwtRequest, perRoute?: object) {
  return evaluateJwt(
    new View(config as Record<string, unknown>, '/config'),
    jwtInput(request),
    perRoute && new View(perRoute as Record<string, unknown>, ''),
  );
}

function answer({ allowed, code }: ReturnType<typeof decide>): Answer | null {
  if (isUnknown(allowed)) return allowed.unknown;
  return allowed || code;
}

const denied = (text: string | null) => (text === null ? null : `jwt_authn_access_denied{${text}}`);

describe('requirements', () => {
  it.each(requirements)('%s', (_, requires, request, expected, details) => {
    const decision = decide({ providers, rules: [{ match: { prefix: '/' }, requires }] }, request);
    expect(answer(decision)).toBe(expected);
    expect(decision.details).toBe(denied(details));
  });

  it('allows any issuer where only missing or failed tokens are asked for and no provider is left out', () => {
    const only = { a: providers.a };
    expect(
      answer(decide({ providers: only, rules: [{ match: { prefix: '/' }, requires: missing }] }, token({ iss: 'x' }))),
    ).toBe(401);
  });
});

describe('rules', () => {
  const rules = [
    { match: { path: '/health' } },
    { match: { prefix: '/internal', headers: [{ name: 'x-debug', present_match: true }] } },
    { match: { safe_regex: { regex: '/v[0-9]+/.*' } }, requires: b },
    { match: { path_separated_prefix: '/api' }, requirement_name: 'both' },
    { match: { prefix: '/search', query_parameters: [{ name: 'q', present_match: true }] }, requires: a },
  ];
  const config = {
    providers,
    rules,
    requirement_map: { both: anyOf(a, b), none: {} },
    filter_state_rules: { name: 'selector', requires: { a, b } },
  };

  it.each<[string, JwtRequest, number | null, Answer]>([
    ['the exact path', { path: '/health' }, 0, true],
    ['the exact path with a query', { path: '/health?x' }, 0, true],
    ['a longer path', { path: '/healthz' }, null, true],
    ['a header that is absent', { path: '/internal' }, null, true],
    ['a header that is present', { path: '/internal', headers: { 'x-debug': '1' } }, 1, true],
    ['a regex', { path: '/v1/x?y' }, 2, 401],
    ['a separated prefix', { path: '/api/x' }, 3, 401],
    ['a separated prefix in the middle of a segment', { path: '/apis' }, null, true],
    ['a query parameter', { path: '/search?q=1' }, 4, 401],
    ['a query parameter that is absent', { path: '/search' }, null, true],
    ['filter state', { path: '/other', filterState: () => 'a' }, null, 401],
    ['filter state without a requirement', { path: '/other', filterState: () => 'c' }, null, true],
    [
      'filter state that nobody gave',
      { path: '/other', filterState: () => ({ unknown: 'needs-input', what: 'it' }) },
      null,
      'needs-input',
    ],
    ['filter state after the rules', { path: '/health', filterState: () => 'a' }, 0, true],
  ])('%s', (_, request, index, expected) => {
    const decision = decide(config, request);
    expect(answer(decision)).toBe(expected);
    expect(decision.rule?.index ?? null).toBe(index);
  });

  it.each<[string, object, JwtRequest, Answer, string | null]>([
    ['disabled', { disabled: true }, { path: '/v1/x' }, true, null],
    ['a requirement by name', { requirement_name: 'both' }, { path: '/health' }, 401, MISSING],
    ['an empty requirement by name', { requirement_name: 'none' }, { path: '/v1/x' }, true, null],
    [
      'a name that is not there',
      { requirement_name: 'x' },
      { path: '/health' },
      403,
      'Wrong_requirement_name:_x._It_should_be_one_of_[both,none]',
    ],
  ])('a route with %s', (_, perRoute, request, expected, details) => {
    const decision = decide(config, request, perRoute);
    expect(answer(decision)).toBe(expected);
    expect(decision.details).toBe(denied(details));
  });

  it.each<[string, boolean, JwtRequest, Answer]>([
    [
      'passes where the filter says so',
      true,
      { method: 'OPTIONS', headers: { origin: 'x', 'access-control-request-method': 'GET' } },
      true,
    ],
    [
      'needs a token otherwise',
      false,
      { method: 'OPTIONS', headers: { origin: 'x', 'access-control-request-method': 'GET' } },
      401,
    ],
    ['has an origin', true, { method: 'OPTIONS', headers: { 'access-control-request-method': 'GET' } }, 401],
    ['is an OPTIONS', true, { method: 'GET', headers: { origin: 'x', 'access-control-request-method': 'GET' } }, 401],
  ])('a CORS preflight %s', (_, bypass_cors_preflight, request, expected) => {
    expect(
      answer(decide({ bypass_cors_preflight, providers, rules: [{ match: { prefix: '/' }, requires: a }] }, request)),
    ).toBe(expected);
  });
});

describe('on the 1.30 mesh', () => {
  const login = 'https://login.example.com';
  it.each<[string, JwtRequest, Answer, string | null]>([
    ['no token', {}, true, null],
    ['a good token', token({ iss: login, aud: 'bookinfo' }), true, null],
    ['another issuer', token({ iss: A, aud: 'bookinfo' }), 401, ISSUER],
    ['another audience', token({ iss: login, aud: 'shop' }), 403, AUDIENCE],
    ['a token that nobody described', { headers: bearer }, 'needs-input', null],
    [
      'a CORS preflight with a bad token',
      { method: 'OPTIONS', headers: { ...bearer, origin: 'x', 'access-control-request-method': 'GET' } },
      true,
      null,
    ],
  ])('%s', (_, request, expected, details) => {
    const decision = decide(filters.productpage, request);
    expect(answer(decision)).toBe(expected);
    expect(decision.details).toBe(denied(details));
  });

  it('writes what later filters see', () => {
    const decision = decide(
      filters.productpage,
      token({ iss: login, aud: 'bookinfo', scope: 'read  write', permission: '', groups: ['x'] }),
    );
    expect(decision.metadata).toEqual({
      payload: { iss: login, sub: 'me', aud: 'bookinfo', scope: ['read', 'write'], permission: '', groups: ['x'] },
    });
    expect(decision.addedHeaders).toEqual({ 'x-jwt-sub': 'me' });
    expect(decision.removedHeaders).toEqual(['x-jwt-sub']);
    expect(decision.assumptions).toEqual(['the token is signed by a key of provider origins-0']);
    expect(decision.rule).toEqual({ index: 0, pointer: '/config/rules/0' });
  });

  it('leaves unknown what nobody gave', () => {
    expect(Object.keys(decide(filters.productpage, { headers: bearer }).unknownMetadata)).toEqual(['payload']);
    expect(decide(filters.productpage, {}).unknownMetadata).toEqual({});
  });
});

describe('effects', () => {
  const claim_to_headers = [
    { header_name: 'X-Id', claim_name: 'user.id' },
    { header_name: 'x-admin', claim_name: 'admin' },
    { header_name: 'x-list', claim_name: 'list' },
    { header_name: 'x-share', claim_name: 'share' },
    { header_name: 'x-none', claim_name: 'none.none' },
  ];
  const provider = {
    issuer: A,
    claim_to_headers,
    clear_route_cache: true,
    forward_payload_header: 'X-Payload',
    header_in_metadata: 'head',
    remote_jwks: { http_uri: { uri: 'https://a.example/keys', cluster: 'outbound|443||a.example' } },
  };
  const config = { providers: { p: provider }, rules: [{ match: { prefix: '/' }, requires: { provider_name: 'p' } }] };
  const claims = { iss: A, user: { id: 7 }, admin: true, list: ['a'], share: 0.5 };

  it('copies claims into headers and takes the token out', () => {
    const decision = decide(config, { claims, headers: bearer });
    expect(decision.addedHeaders).toEqual({
      'x-payload': null,
      'x-id': '7',
      'x-admin': 'true',
      'x-list': 'WyJhIl0=',
      'x-share': '0.500000',
    });
    expect(decision.removedHeaders).toEqual([
      'x-payload',
      'x-id',
      'x-admin',
      'x-list',
      'x-share',
      'x-none',
      'authorization',
    ]);
    expect(decision.clearsRouteCache).toBe(true);
    expect(Object.keys(decision.unknownMetadata)).toEqual(['head']);
    expect(decision.assumptions).toEqual([
      'the token is signed by a key of provider p, whose keys come from cluster outbound|443||a.example',
    ]);
  });

  it('changes nothing but removes its own headers without a token', () => {
    const decision = decide(config, { headers: { 'x-id': 'forged' } });
    expect(decision.addedHeaders).toEqual({});
    expect(decision.removedHeaders).toContain('x-id');
    expect(decision.clearsRouteCache).toBe(false);
  });

  it('passes claims on unchecked in extraction', () => {
    const extract = {
      providers,
      rules: [{ match: { prefix: '/' }, requires: { extract_only_without_validation: {} } }],
    };
    expect(decide(extract, token({ iss: A, aud: 'other' })).metadata).toEqual({
      payload: { iss: A, sub: 'me', aud: 'other' },
    });
  });
});
