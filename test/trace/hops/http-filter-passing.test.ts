import { describe, expect, it } from 'vitest';
import type { TraceRequest } from '../../../src/trace/request.js';
import { extension, route } from '../../support/messages.js';
import type { Json } from '../../support/minimal-proxy.js';
import { any, http, perFilter, ROUTES } from './http-filter-parts.js';
import { throughHttp } from './through-http.js';

describe('filters that ask another service', () => {
  const service = { grpc_service: { envoy_grpc: { cluster_name: 'asked' } } };
  const authz = (config: Json = {}): Json => http('ext_authz', { ...service, ...config });
  const share = (numerator: number): Json => ({ default_value: { numerator } });
  const SHADOW = {
    filter_enabled_metadata: {
      filter: 'rbac',
      path: [{ key: 'shadow_effective_policy_id' }],
      value: { string_match: { prefix: 'p' } },
    },
  };
  const shadow = http('rbac', {
    shadow_rules: {
      action: 'DENY',
      policies: {
        p: { permissions: [{ header: { name: 'x-ask', present_match: true } }], principals: [{ any: true }] },
      },
    },
  });

  it.each<[string, Json[], Json, TraceRequest, string | null]>([
    ['ext_authz', [authz()], {}, {}, 'ext_authz at cluster asked allows it'],
    [
      'ext_authz by HTTP',
      [http('ext_authz', { http_service: { server_uri: { cluster: 'web' } } })],
      {},
      {},
      'ext_authz at cluster web allows it',
    ],
    [
      'ext_authz switched off at the route',
      [authz()],
      perFilter('ext_authz', any('x.ExtAuthzPerRoute', { disabled: true })),
      {},
      null,
    ],
    [
      'ext_authz with the route’s own service',
      [authz()],
      perFilter(
        'ext_authz',
        any('x.ExtAuthzPerRoute', { check_settings: { http_service: { server_uri: { cluster: 'own' } } } }),
      ),
      {},
      'ext_authz at cluster own allows it',
    ],
    ['ext_authz for 0%', [authz({ filter_enabled: share(0) })], {}, {}, null],
    [
      'ext_authz for 0% that denies then',
      [authz({ filter_enabled: share(0), deny_at_disable: { default_value: true } })],
      {},
      {},
      'ext_authz at cluster asked allows it',
    ],
    ['ext_authz by metadata that is not there', [authz(SHADOW)], {}, {}, null],
    [
      'ext_authz by metadata of shadow rules',
      [shadow, authz(SHADOW)],
      {},
      { headers: { 'x-ask': '1' } },
      'ext_authz at cluster asked allows it',
    ],
    ['ext_authz by metadata of shadow rules that do not match', [shadow, authz(SHADOW)], {}, {}, null],
    ['ext_proc', [http('ext_proc', service)], {}, {}, 'ext_proc at cluster asked allows it'],
    [
      'ext_proc about answers only',
      [http('ext_proc', { ...service, processing_mode: { request_header_mode: 'SKIP' } })],
      {},
      {},
      null,
    ],
    [
      'ext_proc about the body',
      [
        http('ext_proc', {
          ...service,
          processing_mode: { request_header_mode: 'SKIP', request_body_mode: 'BUFFERED' },
        }),
      ],
      {},
      {},
      'ext_proc at cluster asked allows it',
    ],
    ['ext_proc that watches', [http('ext_proc', { ...service, observability_mode: true })], {}, {}, null],
    [
      'ext_proc switched off at the route',
      [http('ext_proc', service)],
      perFilter('ext_proc', any('x.ExtProcPerRoute', { disabled: true })),
      {},
      null,
    ],
    ['lua', [http('lua')], {}, {}, 'lua allows it'],
    ['one that is not known', [extension('mine', 'example.Mine')], {}, {}, 'HTTP filter mine lets it pass'],
    ['a harmless one', [http('compressor')], {}, {}, null],
  ])('%s', async (_, filters, override, request, condition) => {
    const { outcome, sentence } = await throughHttp({ routes: [route('a', override)], filters }, request);
    expect(outcome).toBe('forwarded');
    if (condition === null) expect(sentence).not.toContain(', if ');
    else expect(sentence).toContain(`, if ${condition}.`);
  });

  it('ask for a share of the requests', async () => {
    const result = await throughHttp({ routes: ROUTES, filters: [authz({ filter_enabled: share(30) })] });
    expect(result.weightedClusters.map(({ share: part }) => part)).toEqual([0.7, 0.3]);
    expect(
      (await throughHttp({ routes: ROUTES, filters: [authz({ filter_enabled: share(30) })] }, { random: 30 })).sentence,
    ).not.toContain(', if ');
  });
});
