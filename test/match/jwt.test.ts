import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  A,
  type Answer,
  AUDIENCE,
  a,
  answer,
  anyOf,
  b,
  bearer,
  decide,
  denied,
  ISSUER,
  MISSING,
  providers,
  token,
} from './jwt/answer.js';
import type { JwtRequest } from './jwt-request.js';

const filters = JSON.parse(readFileSync(new URL('fixtures/jwt-istio-1.30.json', import.meta.url), 'utf8'));

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
