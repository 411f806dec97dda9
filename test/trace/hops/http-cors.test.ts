import { describe, expect, it } from 'vitest';
import type { TraceRequest } from '../../../src/trace/request.js';
import { extension, route } from '../../support/messages.js';
import type { Json } from '../../support/minimal-proxy.js';
import { type HttpParts, throughHttp } from './through-http.js';

const PREFLIGHT: TraceRequest = {
  method: 'OPTIONS',
  headers: { origin: 'https://good', 'access-control-request-method': 'PUT' },
};
const allow = (exact: string, more: Json = {}): Json => ({ allow_origin_string_match: [{ exact }], ...more });
const GOOD = allow('https://good');
const at = (config: Json): Json => ({
  typed_per_filter_config: { cors: { '@type': 'x/envoy.extensions.filters.http.cors.v3.CorsPolicy', ...config } },
});
const with_ = (ofRoute: Json, host: Json = {}): HttpParts => ({
  routes: [route('a', ofRoute)],
  host,
  filters: [extension('cors', 'envoy.extensions.filters.http.cors.v3.Cors')],
});
const share = (numerator: number): Json => ({ filter_enabled: { default_value: { numerator } } });

describe('CORS preflights', () => {
  it.each<[string, HttpParts, TraceRequest, boolean]>([
    ['of an allowed origin', with_(at(GOOD)), PREFLIGHT, true],
    ['of another origin', with_(at(allow('https://other'))), PREFLIGHT, false],
    ['of any origin', with_(at(allow('*'))), PREFLIGHT, true],
    [
      'of another origin that are not forwarded',
      with_(at(allow('https://other', { forward_not_matching_preflights: false }))),
      PREFLIGHT,
      true,
    ],
    ['without a policy', with_({}), PREFLIGHT, false],
    [
      'without an origin',
      with_(at(GOOD)),
      { ...PREFLIGHT, headers: { 'access-control-request-method': 'PUT' } },
      false,
    ],
    [
      'without a method to ask for',
      with_(at(GOOD)),
      { ...PREFLIGHT, headers: { origin: 'https://good', 'access-control-request-method': '' } },
      false,
    ],
    ['that are none', with_(at(GOOD)), { ...PREFLIGHT, method: 'GET' }, false],
    ['by the virtual host’s policy', with_({}, at(GOOD)), PREFLIGHT, true],
    [
      'by the virtual host’s origins, where the route names none',
      with_(at({ allow_methods: 'PUT' }), at(GOOD)),
      PREFLIGHT,
      true,
    ],
    ['by the route’s origins over the virtual host’s', with_(at(allow('https://other')), at(GOOD)), PREFLIGHT, false],
    [
      'by the route’s own field',
      { ...with_({}), routes: [route({ route: { cluster: 'a', cors: GOOD } })] },
      PREFLIGHT,
      true,
    ],
    ['by the virtual host’s own field', with_({}, { cors: GOOD }), PREFLIGHT, true],
    [
      'by a field beside an override, which counts alone',
      with_(at(allow('https://other')), { cors: GOOD }),
      PREFLIGHT,
      false,
    ],
    ['with a policy that is off', with_(at({ ...GOOD, ...share(0) })), PREFLIGHT, false],
    [
      'with a policy of API v2 that is off',
      with_({}, { cors: { allow_origin: ['*'], enabled: false } }),
      PREFLIGHT,
      false,
    ],
    ['with a policy of API v2', with_({}, { cors: { allow_origin: ['*'] } }), PREFLIGHT, true],
  ])('%s', async (_, parts, request, answers) => {
    const result = await throughHttp(parts, request);
    if (answers)
      expect(result).toMatchObject({
        reason: 'cors_preflight',
        responseCode: 200,
        responseCodeDetails: 'cors_response',
      });
    else expect(result.outcome).toBe('forwarded');
  });

  it('are answered for a share of them', async () => {
    const parts = with_(at({ ...GOOD, ...share(30) }));
    expect((await throughHttp(parts, { ...PREFLIGHT, random: 29 })).reason).toBe('cors_preflight');
    expect((await throughHttp(parts, { ...PREFLIGHT, random: 30 })).reason).toBeNull();
  });
});
