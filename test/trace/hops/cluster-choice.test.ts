import { describe, expect, it } from 'vitest';
import type { TraceRequest } from '../../../src/trace/request.js';
import { route } from '../../support/messages.js';
import { type HttpParts, throughHttp } from './through-http.js';

describe('the cluster by header', () => {
  const parts: HttpParts = {
    routes: [route({ route: { cluster_header: ':authority', cluster_not_found_response_code: 'NOT_FOUND' } })],
  };

  it.each<[string, TraceRequest, string | null, number | null]>([
    ['is there', { host: 'a' }, 'a', null],
    ['does not exist', { host: 'gone' }, 'gone', 404],
  ])('%s', async (_, request, cluster, responseCode) => {
    expect(await throughHttp(parts, request)).toMatchObject({ cluster, responseCode });
  });
});

describe('cluster specifier plugins', () => {
  const extension = { name: 'mine', typed_config: { '@type': 'x/example.Plugin' } };

  it.each<[string, HttpParts]>([
    ['in the route', { routes: [route({ route: { inline_cluster_specifier_plugin: { extension } } })] }],
    [
      'in the table',
      {
        routes: [route({ route: { cluster_specifier_plugin: 'mine' } })],
        table: { cluster_specifier_plugins: [{ extension }] },
      },
    ],
  ])('are named %s', async (_, parts) => {
    expect(await throughHttp(parts)).toMatchObject({
      outcome: 'undetermined',
      missing: ['cluster specifier plugin mine (example.Plugin)'],
    });
  });
});
