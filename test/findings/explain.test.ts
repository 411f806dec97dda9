import { describe, expect, it } from 'vitest';
import { explainTerm, nearTerms, termsByKind } from '../../src/findings/explain.js';

const kinds = (query: string) => explainTerm(query)?.terms.map(term => `${term.kind} ${term.term}`) ?? null;
const inside = (query: string) => explainTerm(query)?.terms.flatMap(term => term.inside) ?? null;

const RESET = 'TLS_error:|33554536:system library:OPENSSL_internal:Connection reset by peer:TLS_error_end';

describe('explainTerm', () => {
  it.each([
    ['NR', ['response-flag NR']],
    ['nr', ['response-flag NR']],
    ['NoRouteFound', ['response-flag NR']],
    ['upstreamconnectionfailure', ['response-flag UF']],
    ['UF,URX', ['response-flag UF', 'response-flag URX']],
    ['UnconditionalDropOverload', ['response-flag UDO']],
    ['route_not_found', ['response-code-details route_not_found']],
    ['HTTP1.codec_error', ['response-code-details http1.codec_error']],
    ['upstream_reset_before_response_started', ['response-code-details upstream_reset_before_response_started']],
    [
      'upstream_reset_after_response_started{remote_reset}',
      ['response-code-details upstream_reset_after_response_started'],
    ],
    ['rbac_access_denied_matched_policy[none]', ['response-code-details rbac_access_denied_matched_policy']],
    ['ext_proc_error_gRPC_error_14{connection_refused}', ['response-code-details ext_proc_error']],
    ['tcp_initializion_failure:1', ['response-code-details tcp_initializion_failure']],
    ['downstream_local_disconnect(on_idle_timeout)', ['response-code-details downstream_local_disconnect']],
    ['no healthy upstream', ['response-code-details no_healthy_upstream']],
    ['RBAC: access denied', ['response-code-details rbac_access_denied_matched_policy']],
    ['upstream request timeout', ['response-code-details response_timeout']],
    ['503', ['http-status 503']],
    ['HTTP 426', ['http-status 426']],
    ['0', ['http-status 0']],
    ['503 UF', ['response-flag UF', 'http-status 503']],
    ['503 NC', ['response-flag NC', 'http-status 503']],
    ['404 NR route_not_found -', ['response-flag NR', 'response-code-details route_not_found', 'http-status 404']],
    [
      '503 UF,URX upstream_reset_before_response_started{remote_connection_failure,delayed_connect_error:_111} - "-"',
      [
        'response-flag UF',
        'response-flag URX',
        'response-code-details upstream_reset_before_response_started',
        'http-status 503',
      ],
    ],
    [
      'TLS_error:|268435581:SSL_routines:OPENSSL_internal:CERTIFICATE_VERIFY_FAILED:TLS_error_end',
      [expect.stringContaining('transport-failure')],
    ],
  ])('takes %s', (query, expected) => {
    expect(kinds(query)).toEqual(expected);
  });

  it.each(['XY', 'XY,XZ', '418', 'something_else{x}', '', '-', '   '])('knows nothing of %j', query => {
    expect(explainTerm(query)).toBeNull();
  });

  it.each([
    ['UF,XY', ['response-flag UF'], ['XY']],
    ['UH UF XX', ['response-flag UH', 'response-flag UF'], ['XX']],
    ['503 qq NR zz', ['response-flag NR', 'http-status 503'], ['qq', 'zz']],
    [`503 UF ${RESET}`, ['response-flag UF', `transport-failure ${RESET.replaceAll(' ', '_')}`, 'http-status 503'], []],
    [
      `503 "TLS error: 268435581:SSL routines:OPENSSL_internal:CERTIFICATE_VERIFY_FAILED" UF`,
      ['response-flag UF', expect.stringContaining('VERIFY_FAILED'), 'http-status 503'],
      [],
    ],
    ['UF "delayed connect error: 111"', ['response-flag UF', 'transport-failure delayed_connect_error:_111'], []],
    ['UF TLS_error:|1:a b:c:TLS_error_end', ['response-flag UF'], ['TLS_error:|1:a b:c:TLS_error_end']],
  ])('explains what is known of %s, and names the rest', (query, known, unknown) => {
    expect(kinds(query)).toEqual(known);
    expect(explainTerm(query)?.unknown).toEqual(unknown);
  });

  it.each([
    ['upstream_reset_before_response_started{connection_termination}', ['The server closed the connection (UC).']],
    ['upstream_reset_before_response_started{connection termination}', ['The server closed the connection (UC).']],
    [
      'upstream_reset_before_response_started{remote_connection_failure|delayed_connect_error:_111}',
      [
        'The server’s side refused the connection (UF).',
        'Connection refused: nothing listens on that address and port.',
      ],
    ],
    [
      'upstream connect error or disconnect/reset before headers. reset reason: connection failure, transport failure reason: delayed connect error: 111',
      ['Envoy could not connect to the server (UF).', 'Connection refused: nothing listens on that address and port.'],
    ],
    [
      'upstream connect error or disconnect/reset before headers. retried and the latest reset reason: overflow',
      ['A circuit breaker is full (UO).'],
    ],
    ['jwt_authn_access_denied{Jwt_is_expired}', ['The token has expired.']],
    [
      "jwt_authn_access_denied{Jwt_verification_fails:_Jwks_doesn't_have_key_to_match_kid_or_alg_from_Jwt}",
      [expect.stringContaining('do not include the one that signed the token')],
    ],
    [
      'rbac_access_denied_matched_policy[ns[foo]-policy[bar]-rule[2]]',
      ['AuthorizationPolicy bar in namespace foo, rule 2 (counted from 0) took the request.'],
    ],
    ['rbac_access_denied_matched_policy[none]', [expect.stringContaining('none of their rules fits')]],
    ['rbac_access_denied_matched_policy[ratings-reader]', [expect.stringContaining('ServiceRole')]],
    ['tcp_initializion_failure:3', ['There is no such cluster, or no route to one (NC).']],
    [
      'downstream_local_disconnect(filter_chain_is_being_removed)',
      [expect.stringContaining('A push replaced the filter chain')],
    ],
    [
      'downstream_local_disconnect(codec_error:http/1.1_protocol_error:_HPE_INVALID_METHOD)',
      [expect.stringContaining('could not be read as HTTP')],
    ],
    ['upstream_reset_before_response_started{new_reason_of_tomorrow}', []],
    ['rbac_access_denied_matched_policy[none', [expect.stringContaining('none of their rules fits')]],
    ['route_not_found', []],
  ])('explains the brackets of %s', (query, means) => {
    expect(inside(query)?.map(part => part.means)).toEqual(means);
  });

  it('says what two flags mean together', () => {
    expect(explainTerm('UF,URX')?.together).toEqual([expect.stringContaining('every try failed to connect')]);
    expect(explainTerm('UF,UO')?.together).toEqual([]);
  });

  it.each([
    ['503 NC', '503 with NC: the usual pair. Envoy made this 503'],
    ['404 UF', '404 with UF: not the usual pair (UF comes with 503)'],
    ['200 DC', '200 with DC'],
  ])('says what the pair %s means', (query, said) => {
    expect(explainTerm(query)?.together).toEqual([expect.stringContaining(said)]);
  });

  it('takes what a group of details shares from the group', () => {
    const [detail] = explainTerm('http1.invalid_url')?.terms ?? [];
    expect(detail).toMatchObject({ side: 'client', hops: ['network-filters'], codes: ['400'], flags: ['DPE'] });
    expect(detail?.causes.length).toBeGreaterThan(0);
    expect(detail?.next).toContainEqual({
      say: 'Check the port’s `name` and `appProtocol`.',
      command: 'kubectl get service SERVICE -n NAMESPACE -o yaml',
    });
  });

  it.each([
    ['upstream_reset_before_response_started{remote_connection_failure}', 'UF'],
    ['upstream_reset_before_response_started{overflow}', 'UO'],
    ['upstream_reset_after_response_started{connection_termination}', 'UC'],
    ['tcp_initializion_failure:1', 'UH'],
    ['downstream_local_disconnect(filter_chain_is_being_removed)', 'filter_chain_is_being_removed'],
  ])('gives for %s the causes of %s', (query, closer) => {
    const [detail] = explainTerm(query)?.terms ?? [];
    const [cause] = explainTerm(closer)?.terms ?? [];
    expect(detail).toMatchObject({ causes: cause?.causes, next: cause?.next });
  });

  it('speaks Chinese', () => {
    const [flag] = explainTerm('UH', 'zh')?.terms ?? [];
    expect(flag).toMatchObject({ language: 'zh', term: 'UH', means: expect.stringContaining('可用的服务端地址') });
    expect(explainTerm('jwt_authn_access_denied{Jwt_is_missing}', 'zh')?.terms[0]?.inside).toEqual([
      { text: 'Jwt_is_missing', means: '请求没有令牌。' },
    ]);
  });

  it('takes hostile input in its stride', () => {
    const start = performance.now();
    for (const hostile of [
      ' '.repeat(100_000),
      'a '.repeat(50_000),
      '{'.repeat(100_000),
      `codec_error:${'('.repeat(100_000)}`,
    ]) {
      explainTerm(hostile);
      nearTerms(hostile.slice(0, 2000));
    }
    expect(performance.now() - start).toBeLessThan(2000);
  });

  it('drops control characters of a pasted line', () => {
    expect(explainTerm('UF\u001b[31m')).toMatchObject({ query: 'UF [31m', unknown: ['[31m'] });
    expect(explainTerm('UF\u0007\n')?.query).toBe('UF');
  });
});

describe('nearTerms', () => {
  it.each([
    ['UFX', 'UF'],
    ['route_not_fond', 'route_not_found'],
    ['NoRoute', 'NoRouteFound'],
    ['upstream_reset', 'upstream_reset_before_response_started'],
    ['UF,NX', 'NR'],
    ['505', '503'],
  ])('for %s has %s', (query, near) => {
    expect(nearTerms(query)).toContain(near);
  });

  it('offers five at most, and nothing for what is far from all', () => {
    expect(nearTerms('upstream').length).toBeLessThanOrEqual(5);
    expect(nearTerms('qqqqqqqqqqqq')).toEqual([]);
  });
});

describe('termsByKind', () => {
  it.each(termsByKind().flatMap(({ terms }) => terms))('explains %s', term => {
    expect(explainTerm(term)?.terms.length).toBeGreaterThan(0);
    expect(explainTerm(term, 'zh')?.terms.length).toBeGreaterThan(0);
  });
});
