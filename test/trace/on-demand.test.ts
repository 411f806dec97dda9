import { describe, expect, it } from 'vitest';
import { route } from '../support/messages.js';
import { any, http, perFilter } from './hops/http-filter-parts.js';
import { type HttpParts, throughHttp } from './hops/through-http.js';

describe('clusters that the on_demand filter fetches', () => {
  const odcds = { odcds: { source: { ads: {} } } };

  it.each<[string, HttpParts, string, string]>([
    ['while the request waits', { filters: [http('on_demand', odcds)] }, 'gone', 'undetermined'],
    ['once they are there', { filters: [http('on_demand', odcds)] }, 'a', 'forwarded'],
    [
      'where the route says so',
      { filters: [http('on_demand')], host: perFilter('on_demand', any('x.PerRouteConfig', odcds)) },
      'gone',
      'undetermined',
    ],
    ['not without a source', { filters: [http('on_demand')] }, 'gone', 'responded'],
  ])('%s', async (_, parts, cluster, outcome) => {
    expect((await throughHttp({ ...parts, routes: [route(cluster)] })).outcome).toBe(outcome);
  });
});
