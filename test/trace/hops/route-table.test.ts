import { describe, expect, it } from 'vitest';
import type { TraceRequest } from '../../../src/trace/request.js';
import { route, virtualHost } from '../../support/messages.js';
import type { Json, MinimalParts } from '../../support/minimal-proxy.js';
import { stepOf, throughHttp } from './through-http.js';

const table = (name: string, cluster: string, more: Json = {}): Json => ({
  name,
  virtual_hosts: [virtualHost([route(cluster)])],
  ...more,
});
const RDS = { route_config: undefined, rds: { route_config_name: '80' } };

async function by(manager: Json, proxy: MinimalParts, request: TraceRequest = {}) {
  return throughHttp({ manager, proxy }, request);
}

describe('a table by RDS', () => {
  it.each<[string, MinimalParts, string, string | null]>([
    ['is there', { routes: [table('80', 'a')] }, 'forwarded', null],
    ['has not come', { routes: [table('81', 'a')] }, 'responded', 'no_route'],
    ['is in a section that the dump lacks', { routes: null }, 'undetermined', 'missing_evidence'],
  ])('%s', async (_, proxy, outcome, reason) => {
    expect(await by(RDS, proxy)).toMatchObject({ outcome, reason });
  });

  it('that has not come answers 404 at the router filter only', async () => {
    const result = await by(RDS, {});
    expect(result).toMatchObject({ responseCode: 404, responseFlag: 'NR', responseCodeDetails: 'route_not_found' });
    expect(result.sentence).toContain('route table 80 has not come by RDS');
    expect(stepOf(result, 'http-filters')?.status).toBe('matched');
    expect(stepOf(result, 'route-table')).toMatchObject({ pointer: null, evidence: [{ kind: 'listener' }] });
  });

  it('of nobody is undetermined', async () => {
    expect(await by({ route_config: undefined }, {})).toMatchObject({ outcome: 'undetermined' });
  });
});

describe('the table of a scope', () => {
  const extractor = (more: Json): Json => ({ fragments: [{ header_value_extractor: { name: 'X-Scope', ...more } }] });
  const scope = (key: string, more: Json): Json => ({ name: key, key: { fragments: [{ string_key: key }] }, ...more });
  const named = (key: string, name: string, more: Json = {}): Json =>
    scope(key, { route_configuration_name: name, ...more });
  const scoped = (builder: Json, more: Json = {}): Json => ({
    route_config: undefined,
    scoped_routes: { name: 'scopes', scope_key_builder: builder, ...more },
  });
  const WHOLE = extractor({ index: 0 });
  const PROXY: MinimalParts = {
    routes: [table('for-a', 'a'), table('for-b', 'b')],
    scopedRoutes: [named('one', 'for-a'), named('two', 'for-b')],
  };
  const sent = (...values: string[]): TraceRequest => ({ headers: { 'x-scope': values } });

  it.each<[string, Json, TraceRequest, string | null]>([
    ['the whole header', WHOLE, sent('two'), 'b'],
    ['the first of several', WHOLE, sent('two', 'one'), 'b'],
    ['an element by position', extractor({ element_separator: ',', index: 1 }), sent('one,two'), 'b'],
    ['a position that is not there', extractor({ element_separator: ',', index: 2 }), sent('one,two'), null],
    [
      'an element by key',
      extractor({ element_separator: ';', element: { key: 'vip', separator: '=' } }),
      sent('a=b;vip=two'),
      'b',
    ],
    [
      'a key that is not there',
      extractor({ element_separator: ';', element: { key: 'vip', separator: '=' } }),
      sent('a=b'),
      null,
    ],
    ['no header', WHOLE, {}, null],
    ['a key of no scope', WHOLE, sent('three'), null],
  ])('by %s', async (_, builder, request, cluster) => {
    const result = await by(scoped(builder), PROXY, request);
    expect(result).toMatchObject({ cluster, reason: cluster === null ? 'no_route' : null });
  });

  it('keeps what follows the first separator as value', async () => {
    const builder = extractor({ element: { key: 'vip', separator: '=' } });
    const proxy = { ...PROXY, scopedRoutes: [named('two=2', 'for-b')] };
    expect((await by(scoped(builder), proxy, sent('vip=two=2'))).cluster).toBe('b');
  });

  it.each<[string, Json[], string | null]>([
    ['named', [named('two', 'for-b')], 'b'],
    ['inline', [scope('two', { route_configuration: table('own', 'a') })], 'a'],
  ])('stands in the connection manager, %s', async (_, scoped_route_configurations, cluster) => {
    const manager = scoped(WHOLE, { scoped_route_configurations_list: { scoped_route_configurations } });
    expect((await by(manager, PROXY, sent('two'))).cluster).toBe(cluster);
  });

  it.each<[string, MinimalParts, string]>([
    ['the scopes are not in the dump', { routes: [] }, 'the scoped routes section of the dump'],
    [
      'the table comes on demand',
      { scopedRoutes: [named('two', 'later', { on_demand: true })] },
      'route table later, which comes on demand',
    ],
  ])('is undetermined where %s', async (_, proxy, missing) => {
    expect(await by(scoped(WHOLE), proxy, sent('two'))).toMatchObject({ outcome: 'undetermined', missing: [missing] });
  });

  it('is undetermined where its key is not built from a header', async () => {
    expect(await by(scoped({ fragments: [{}] }), PROXY)).toMatchObject({ outcome: 'undetermined' });
  });
});
