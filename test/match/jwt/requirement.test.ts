import { describe, expect, it } from 'vitest';
import {
  A,
  AUDIENCE,
  a,
  allOf,
  answer,
  anyOf,
  B,
  b,
  bearer,
  decide,
  denied,
  failed,
  ISSUER,
  MISSING,
  missing,
  NOW,
  providers,
  type Row,
  token,
} from './answer.js';

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
