import { describe, expect, it } from 'vitest';
import type { Json } from '../../support/minimal-proxy.js';
import { ROUTES, rbac } from './http-filter-parts.js';
import { type HttpParts, throughHttp } from './through-http.js';

describe('filters whose configuration comes by ECDS', () => {
  const view = { name: 'rbac', config_discovery: { type_urls: [] } };
  const { typed_config } = rbac('x-bad');

  it.each<[string, Json, HttpParts['proxy'], string | null]>([
    ['it has come', view, { ecds: [{ name: 'rbac', typed_config }] }, 'rbac_denied'],
    ['it has not come', view, { ecds: [] }, 'missing_filter_config'],
    [
      'it has not come, but there is a default',
      { ...view, config_discovery: { default_config: typed_config } },
      { ecds: [] },
      'rbac_denied',
    ],
    ['the dump has no such section', view, {}, null],
  ])('%s', async (_, filter, proxy, reason) => {
    const result = await throughHttp(
      { routes: ROUTES, filters: [filter], ...(proxy === undefined ? {} : { proxy }) },
      { headers: { 'x-bad': '1' } },
    );
    expect(result.reason).toBe(reason);
  });
});
