import { describe, expect, it } from 'vitest';
import type { TraceRequest } from '../../../src/trace/request.js';
import type { Json } from '../../support/minimal-proxy.js';
import { http, NO_ID, ROUTES } from './http-filter-parts.js';
import { headersThrough, throughHttp } from './through-http.js';

describe('metadata that RBAC asks for', () => {
  const byMetadata = (filter: string, key: string, exact: string): Json => {
    const metadata = { filter, path: [{ key }], value: { string_match: { exact } } };
    return http('rbac', {
      rules: { action: 'DENY', policies: { p: { permissions: [{ metadata }], principals: [{ any: true }] } } },
    });
  };
  const copy = (rule: Json): Json => http('header_to_metadata', { request_rules: [rule] });
  const present = { metadata_namespace: 'ns', key: 'k' };
  const sets = (more: Json = {}): Json =>
    http('set_metadata', { metadata: [{ metadata_namespace: 'ns', value: { k: 'v' }, ...more }] });
  const sent: TraceRequest = { headers: { 'x-a': 'v', cookie: 'c=v' } };

  it.each<[string, Json[], TraceRequest, string | null]>([
    [
      'from a header',
      [copy({ header: 'X-A', on_header_present: present }), byMetadata('ns', 'k', 'v')],
      sent,
      'rbac_denied',
    ],
    [
      'from a cookie',
      [copy({ cookie: 'c', on_header_present: present }), byMetadata('ns', 'k', 'v')],
      sent,
      'rbac_denied',
    ],
    [
      'from a header, rewritten',
      [
        copy({
          header: 'x-a',
          on_header_present: { ...present, regex_value_rewrite: { pattern: { regex: '^v$' }, substitution: 'w' } },
        }),
        byMetadata('ns', 'k', 'w'),
      ],
      sent,
      'rbac_denied',
    ],
    ['from no header', [copy({ header: 'x-a', on_header_present: present }), byMetadata('ns', 'k', 'v')], {}, null],
    [
      'for a missing header',
      [copy({ header: 'x-a', on_header_missing: { ...present, value: 'v' } }), byMetadata('ns', 'k', 'v')],
      {},
      'rbac_denied',
    ],
    [
      'under the default name',
      [
        copy({ header: 'x-a', on_header_present: { key: 'k' } }),
        byMetadata('envoy.filters.http.header_to_metadata', 'k', 'v'),
      ],
      sent,
      'rbac_denied',
    ],
    ['as it is set', [sets(), byMetadata('ns', 'k', 'v')], {}, 'rbac_denied'],
    ['as it was set first', [sets(), sets({ value: { k: 'w' } }), byMetadata('ns', 'k', 'v')], {}, 'rbac_denied'],
    [
      'as it was overwritten',
      [sets(), sets({ value: { k: 'w' }, allow_overwrite: true }), byMetadata('ns', 'k', 'w')],
      {},
      'rbac_denied',
    ],
    ['that a service may write', [http('ext_authz'), byMetadata('ext_authz', 'k', 'v')], {}, 'missing_evidence'],
    ['that nobody writes', [byMetadata('ns', 'k', 'v')], {}, null],
  ])('%s', async (_, filters, request, reason) => {
    expect((await throughHttp({ routes: ROUTES, filters }, request)).reason).toBe(reason);
  });

  it('copies a header that it takes away', async () => {
    const parts = { routes: ROUTES, filters: [copy({ header: 'x-a', on_header_present: present, remove: true })] };
    expect(await headersThrough({ ...parts, manager: NO_ID }, { headers: { 'x-a': 'v' } })).toEqual({});
  });
});
