import { describe, expect, it } from 'vitest';
import { route } from '../../support/messages.js';
import type { Json } from '../../support/minimal-proxy.js';
import { any, http, NO_ID, perFilter, ROUTES, rbac } from './http-filter-parts.js';
import { headersThrough, throughHttp } from './through-http.js';

describe('header mutation', () => {
  const mutation = (request_mutations: Json[], more: Json = {}): Json => ({
    mutations: { request_mutations, ...more },
  });
  const set = (key: string, value: string): Json => ({
    append: { header: { key, value }, append_action: 'OVERWRITE_IF_EXISTS_OR_ADD' },
  });

  it('is seen by the filters behind it, not by those before', async () => {
    const sets = http('header_mutation', mutation([set('x-bad', '1')]));
    expect((await throughHttp({ routes: ROUTES, filters: [sets, rbac('x-bad')] })).reason).toBe('rbac_denied');
    expect((await throughHttp({ routes: ROUTES, filters: [rbac('x-bad'), sets] })).reason).toBeNull();
  });

  it.each<[string, Json[], Json]>([
    ['sets', [set('x-a', 'new')], { 'x-a': 'new', 'x-b': 'b' }],
    ['removes', [{ remove: 'X-A' }], { 'x-b': 'b' }],
    ['removes by name', [{ remove_on_match: { key_matcher: { prefix: 'x-' } } }], {}],
    ['one after the other', [set('x-c', '%REQ(x-a)%'), { remove: 'x-a' }], { 'x-b': 'b', 'x-c': 'a' }],
  ])('%s', async (_, mutations, expected) => {
    const parts = { routes: ROUTES, filters: [http('header_mutation', mutation(mutations))] };
    expect(await headersThrough({ ...parts, manager: NO_ID }, { headers: { 'x-a': 'a', 'x-b': 'b' } })).toEqual(
      expected,
    );
  });

  it.each<[string, Json, string]>([
    ['the most general level last', {}, 'host'],
    ['the most specific level last where it says so', { most_specific_header_mutations_wins: true }, 'route'],
  ])('%s', async (_, more, expected) => {
    const at = (level: string): Json =>
      perFilter('header_mutation', any('x.HeaderMutationPerRoute', mutation([set('x-a', level)])));
    const parts = {
      routes: [route('a', at('route'))],
      host: at('host'),
      filters: [http('header_mutation', { ...mutation([set('x-a', 'own')]), ...more })],
    };
    expect(await headersThrough({ ...parts, manager: NO_ID })).toEqual({ 'x-a': expected });
  });

  it.each<[string, Json, string]>([
    ['appends a parameter', { append: { record: { key: 'n', value: 'v' } } }, '/p?a=1&n=v'],
    [
      'overwrites one',
      { append: { record: { key: 'a', value: 'v' }, action: 'OVERWRITE_IF_EXISTS_OR_ADD' } },
      '/p?a=v',
    ],
    ['removes one', { remove: 'a' }, '/p'],
    ['adds none that is there', { append: { record: { key: 'a', value: 'v' }, action: 'ADD_IF_ABSENT' } }, '/p?a=1'],
  ])('%s', async (_, change, path) => {
    const filter = http('header_mutation', mutation([], { query_parameter_mutations: [change] }));
    const { rewrite } = await throughHttp({ routes: ROUTES, filters: [filter] }, { path: '/p?a=1' });
    expect(rewrite.path ?? '/p?a=1').toBe(path);
  });
});
