import { describe, expect, it } from 'vitest';
import { evaluateIstioAuthn } from '../../src/match/istio-authn.js';
import { evaluateIstioJwtAuth } from '../../src/match/istio-jwt-auth.js';
import type { RbacInput } from '../../src/match/rbac-input.js';
import { isUnknown } from '../../src/match/ternary.js';
import { View } from '../../src/model/view.js';
import { type JwtRequest, jwtInput } from './jwt-request.js';

const ISSUER = 'testing@secure.istio.io';
const peer = { uriSans: ['spiffe://cluster.local/ns/default/sa/sleep'], dnsSans: [], subject: '' };
const claims = { iss: ISSUER, sub: 'me', aud: ['x', 'y'], azp: 'app', scope: 'a b', level: 3 };
const bearer = { authorization: 'Bearer x.y.z' };
const permissive = { peers: [{ mtls: { mode: 'PERMISSIVE' } }] };
const strict = { peers: [{ mtls: {} }] };
const jwt = { issuer: ISSUER, jwks_uri: 'https://example.com/jwks' };
const origin = { ...strict, origins: [{ jwt }], principal_binding: 'USE_ORIGIN' };
const triggered = {
  origins: [
    {
      jwt: {
        ...jwt,
        trigger_rules: [{ included_paths: [{ prefix: '/api' }], excluded_paths: [{ exact: '/api/health' }] }],
      },
    },
  ],
};

interface Request extends JwtRequest {
  tls?: RbacInput['tls'];
  peer?: RbacInput['peer'];
}

function decide(policy: object, { tls = 'mtls', peer: certificate, ...request }: Request) {
  return evaluateIstioAuthn(new View({ policy }, ''), { ...jwtInput(request), tls, peer: certificate });
}

describe('evaluateIstioAuthn', () => {
  it.each<[string, object, Request, boolean | 'unknown', string]>([
    ['no policy asks for nothing', {}, { tls: 'plaintext' }, true, 'pass'],
    ['permissive takes plaintext', permissive, { tls: 'plaintext', peer: 'none' }, true, 'pass'],
    ['strict takes mutual TLS', strict, { peer }, true, 'pass'],
    ['strict needs no name of the client', strict, {}, true, 'pass'],
    ['strict refuses plaintext', strict, { tls: 'plaintext', peer: 'none' }, false, 'mutual TLS'],
    ['strict but optional', { ...strict, peer_is_optional: true }, { tls: 'plaintext', peer: 'none' }, true, 'pass'],
    ['a token of the issuer', origin, { peer, claims }, true, 'pass'],
    ['no token', origin, { peer }, false, 'no token'],
    ['no token where it is optional', { ...origin, origin_is_optional: true }, { peer }, true, 'pass'],
    ['a token of another issuer', origin, { peer, claims: { iss: 'x' } }, false, 'no token'],
    ['a token that nobody described', origin, { peer, headers: bearer }, 'unknown', 'claims'],
    ['a path without trigger', triggered, { path: '/other' }, true, 'pass'],
    ['a path with trigger', triggered, { path: '/api/x' }, false, 'no token'],
    ['an excluded path', triggered, { path: '/api/health' }, true, 'pass'],
    [
      'a CORS preflight',
      origin,
      { peer, method: 'OPTIONS', headers: { origin: 'x', 'access-control-request-method': 'GET' } },
      true,
      'pass',
    ],
    ['a principal from an origin without any', { principal_binding: 'USE_ORIGIN' }, {}, false, 'origin'],
  ])('%s', (_, policy, request, allowed, why) => {
    const decision = decide(policy, request);
    expect(isUnknown(decision.allowed) ? 'unknown' : decision.allowed).toBe(allowed);
    expect(decision.code).toBe(allowed === false ? 401 : null);
    expect(decision.why).toContain(why);
  });

  it('writes the names of the client', () => {
    expect(decide(permissive, { peer }).metadata).toEqual({
      'request.auth.principal': 'cluster.local/ns/default/sa/sleep',
      'source.user': 'cluster.local/ns/default/sa/sleep',
      'source.principal': 'cluster.local/ns/default/sa/sleep',
      'source.namespace': 'default',
    });
  });

  it('writes claims as lists', () => {
    const { metadata } = decide(origin, { peer, claims });
    expect(metadata).toMatchObject({
      'request.auth.principal': `${ISSUER}/me`,
      'request.auth.audiences': 'x',
      'request.auth.presenter': 'app',
    });
    expect(metadata['request.auth.claims']).toEqual({
      iss: [ISSUER],
      sub: ['me'],
      aud: ['x', 'y'],
      azp: ['app'],
      scope: ['a', 'b'],
    });
  });

  it.each<[string, object, Request, string[]]>([
    ['the client', permissive, {}, ['source.user', 'source.principal', 'source.namespace', 'request.auth.principal']],
    ['nothing of a client in plaintext', permissive, { tls: 'plaintext' }, []],
    [
      'the token',
      origin,
      { peer, headers: bearer },
      ['request.auth.audiences', 'request.auth.presenter', 'request.auth.claims', 'request.auth.principal'],
    ],
  ])('leaves unknown %s', (_, policy, request, fields) => {
    expect(Object.keys(decide(policy, request).unknownMetadata)).toEqual(fields);
  });

  it('decides nothing without a policy', () => {
    const decision = evaluateIstioAuthn(new View({}, ''), { ...jwtInput({}), tls: 'plaintext', peer: 'none' });
    expect(decision).toMatchObject({ allowed: true, metadata: {} });
  });
});

describe('evaluateIstioJwtAuth', () => {
  it.each<[string, boolean, JwtRequest, boolean | 'unknown', number | null]>([
    ['lets everything pass as Istio sets it', true, { claims: { iss: 'x' } }, true, null],
    ['needs a token otherwise', false, {}, false, 401],
    ['takes a token of its issuer', false, { claims }, true, null],
    ['refuses other issuers', false, { claims: { iss: 'x' } }, false, 401],
    ['does not know an undescribed token', false, { headers: bearer }, 'unknown', null],
  ])('%s', (_, allow_missing_or_failed, request, allowed, code) => {
    const config = {
      allow_missing_or_failed,
      rules: [{ issuer: ISSUER, forward: true, forward_payload_header: 'istio-sec-1' }],
    };
    const decision = evaluateIstioJwtAuth(new View(config, ''), jwtInput(request));
    expect(isUnknown(decision.allowed) ? 'unknown' : decision.allowed).toBe(allowed);
    expect(decision.code).toBe(code);
    expect(decision.details).toBeNull();
  });
});
