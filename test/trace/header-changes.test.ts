import { describe, expect, it } from 'vitest';
import { route } from '../support/messages.js';
import type { Json } from '../support/minimal-proxy.js';
import { added, to } from './hops/route-action-parts.js';
import { type HttpParts, headersThrough, stepOf, throughHttp } from './hops/through-http.js';

describe('headers towards the upstream', () => {
  const at = (level: string, more: Json = {}): Json => ({
    request_headers_to_add: [added('x-level', level, { append_action: 'OVERWRITE_IF_EXISTS_OR_ADD', ...more })],
  });
  const levels = (table: Json = {}): HttpParts => ({
    routes: [
      route({ route: { weighted_clusters: { clusters: [{ name: 'a', weight: 1, ...at('cluster') }] } } }, at('route')),
    ],
    host: at('host'),
    table: { ...at('table'), ...table },
  });

  it.each<[string, HttpParts, string]>([
    ['of the route table win', levels(), 'table'],
    [
      'of the route win where the table says so, over the weighted cluster’s',
      levels({ most_specific_header_mutations_wins: true }),
      'route',
    ],
  ])('%s', async (_, parts, expected) => {
    expect((await headersThrough(parts))['x-level']).toBe(expected);
  });

  it.each<[string, Json, Json, string | undefined]>([
    ['append', { append_action: 'APPEND_IF_EXISTS_OR_ADD' }, { 'x-a': 'old' }, 'old,new'],
    ['append as by default', {}, { 'x-a': 'old' }, 'old,new'],
    ['overwrite', { append_action: 'OVERWRITE_IF_EXISTS_OR_ADD' }, { 'x-a': 'old' }, 'new'],
    ['overwrite in the older form', { append: false }, { 'x-a': 'old' }, 'new'],
    ['overwrite only', { append_action: 'OVERWRITE_IF_EXISTS' }, {}, undefined],
    ['add where it is absent', { append_action: 'ADD_IF_ABSENT' }, { 'x-a': 'old' }, 'old'],
    ['add where it is absent, and it is', { append_action: 'ADD_IF_ABSENT' }, {}, 'new'],
  ])('%s', async (_, option, sent, expected) => {
    const parts = to({}, { request_headers_to_add: [added('x-a', 'new', option)] });
    expect((await headersThrough(parts, { headers: sent as Record<string, string> }))['x-a']).toBe(expected);
  });

  it.each<[string, string, Json, string | undefined]>([
    ['from the request', '%REQ(:path)%', {}, '/p'],
    ['absent, so nothing is added', '%REQ(x-none)%', {}, undefined],
    ['absent, and kept empty', '%REQ(x-none)%', { keep_empty_value: true }, ''],
    ['the client', '%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%', {}, '192.0.2.7'],
    ['the protocol', '%PROTOCOL%', {}, 'HTTP/1.1'],
    ['what only Envoy knows, as it is written', '%START_TIME%', {}, '%START_TIME%'],
  ])('evaluate %s', async (_, value, option, expected) => {
    const parts = to({}, { request_headers_to_add: [added('x-a', value, option)] });
    expect((await headersThrough(parts, { path: '/p', from: { ip: '192.0.2.7' } }))['x-a']).toBe(expected);
  });

  it('are removed before others are added, all values evaluated first, and told', async () => {
    const parts = to(
      {},
      {
        request_headers_to_remove: ['x-a'],
        request_headers_to_add: [
          added('x-b', '%REQ(x-a)%', { keep_empty_value: true }),
          added('x-c', 'new', { append: false }),
        ],
      },
    );
    const result = await throughHttp(parts, { headers: { 'x-a': 'old', 'x-c': 'old' } });
    expect(stepOf(result, 'action')?.details).toEqual(
      expect.arrayContaining([
        'removes header x-a (route)',
        'sets header x-b:  (route)',
        'sets header x-c: new (before: old) (route)',
      ]),
    );
  });
});
