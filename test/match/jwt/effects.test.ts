import { describe, expect, it } from 'vitest';
import { A, bearer, decide, providers, token } from './answer.js';

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
