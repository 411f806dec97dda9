import { describe, expect, it } from 'vitest';
import type { TraceRequest } from '../../../src/trace/request.js';
import { extension, route } from '../../support/messages.js';
import type { Json } from '../../support/minimal-proxy.js';
import { any, http, perFilter, ROUTES, rbac } from './http-filter-parts.js';
import { throughHttp } from './through-http.js';

describe('filters with a matcher around them', () => {
  const MATCHING = 'envoy.extensions.common.matching.v3';
  const header = {
    name: 'in',
    typed_config: any('envoy.type.matcher.v3.HttpRequestHeaderMatchInput', { header_name: 'x-kind' }),
  };
  const on = (value: string, action: Json): Json => ({
    matcher_tree: { input: header, exact_match_map: { map: { [value]: { action } } } },
  });
  const skip = { name: 'skip', typed_config: any('envoy.extensions.filters.common.matcher.action.v3.SkipFilter') };
  const execute = (config: Json): Json => ({
    name: 'run',
    typed_config: any('envoy.extensions.filters.http.composite.v3.ExecuteFilterAction', config),
  });
  const wrapped = (extension_config: Json, xds_matcher: Json): Json =>
    extension('wrapper', `${MATCHING}.ExtensionWithMatcher`, { extension_config, xds_matcher });
  const COMPOSITE = http('composite');
  const kind = (value: string): TraceRequest => ({ headers: { 'x-kind': value, 'x-bad': '1' } });

  it.each<[string, Json, TraceRequest, string | null]>([
    ['skipped by its matcher', wrapped(rbac('x-bad'), on('skip', skip)), kind('skip'), null],
    ['run without a match', wrapped(rbac('x-bad'), on('skip', skip)), kind('other'), 'rbac_denied'],
    [
      'composite, with a match',
      wrapped(COMPOSITE, on('run', execute({ typed_config: rbac('x-bad') }))),
      kind('run'),
      'rbac_denied',
    ],
    [
      'composite, without a match',
      wrapped(COMPOSITE, on('run', execute({ typed_config: rbac('x-bad') }))),
      kind('other'),
      null,
    ],
    [
      'composite, a chain',
      wrapped(COMPOSITE, on('run', execute({ filter_chain: { typed_config: [http('buffer'), rbac('x-bad')] } }))),
      kind('run'),
      'rbac_denied',
    ],
    [
      'composite, for 0%',
      wrapped(COMPOSITE, on('run', execute({ typed_config: rbac('x-bad'), sample_percent: { default_value: {} } }))),
      kind('run'),
      null,
    ],
  ])('%s', async (_, filter, request, reason) => {
    expect((await throughHttp({ routes: ROUTES, filters: [filter] }, request)).reason).toBe(reason);
  });

  it('take the route’s matcher in place of their own', async () => {
    const override = any(`${MATCHING}.ExtensionWithMatcherPerRoute`, { xds_matcher: on('other', skip) });
    const parts = {
      routes: [route('a', perFilter('wrapper', override))],
      filters: [wrapped(rbac('x-bad'), on('skip', skip))],
    };
    expect((await throughHttp(parts, kind('skip'))).reason).toBe('rbac_denied');
    expect((await throughHttp(parts, kind('other'))).reason).toBeNull();
  });

  it('are undetermined where the matcher asks for what nobody knows', async () => {
    const unknown = {
      matcher_tree: { input: { name: 'in', typed_config: any('example.Input') }, exact_match_map: { map: {} } },
    };
    expect(await throughHttp({ routes: ROUTES, filters: [wrapped(rbac('x-bad'), unknown)] })).toMatchObject({
      outcome: 'undetermined',
      missing: ['matcher input example.Input'],
    });
  });
});
