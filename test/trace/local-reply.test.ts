import { describe, expect, it } from 'vitest';
import type { TraceRequest } from '../../src/trace/request.js';
import { route } from '../support/messages.js';
import type { Json } from '../support/minimal-proxy.js';
import { throughHttp } from './hops/through-http.js';

const status = (op: string, default_value: number): Json => ({
  status_code_filter: { comparison: { op, value: { default_value } } },
});
const flags = (...list: string[]): Json => ({ response_flag_filter: { flags: list } });
const header = { header_filter: { header: { name: 'x-a', present_match: true } } };
const manager = (...mappers: Json[]): Json => ({ local_reply_config: { mappers } });
const to = (filter: Json, status_code = 418): Json => ({ filter, status_code });

describe('the code of an answer that Envoy gives itself', () => {
  it.each<[string, Json[], TraceRequest, number]>([
    ['stays', [], {}, 404],
    ['is mapped by status', [to(status('EQ', 404))], {}, 418],
    ['is mapped by a range', [to(status('GE', 400))], {}, 418],
    ['is not mapped by another range', [to(status('LE', 400))], {}, 404],
    ['is mapped by what it is not', [to(status('NE', 503))], {}, 418],
    ['is mapped by flag', [to(flags('NR'))], {}, 418],
    ['is mapped by any flag', [to(flags())], {}, 418],
    ['is not mapped by another flag', [to(flags('UH'))], {}, 404],
    ['is mapped by a header of the request', [to(header)], { headers: { 'x-a': '1' } }, 418],
    ['is mapped by both', [to({ and_filter: { filters: [flags('NR'), header] } })], {}, 404],
    ['is mapped by either', [to({ or_filter: { filters: [flags('NR'), header] } })], {}, 418],
    ['is mapped once, by the first', [to(flags('NR')), to(status('EQ', 418), 500)], {}, 418],
    ['stays where the first mapper sets none', [{ filter: flags('NR') }, to(flags('NR'))], {}, 404],
  ])('%s', async (_, mappers, request, responseCode) => {
    const result = await throughHttp({ routes: [], manager: manager(...mappers) }, request);
    expect(result).toMatchObject({ responseCode, reason: 'no_route', responseFlag: 'NR' });
  });

  it('is told with what it was', async () => {
    const result = await throughHttp({ routes: [], manager: manager(to(flags('NR'))) });
    expect(result.sentence).toContain('Envoy answers 418 (NR) itself');
    expect(result.sentence).toContain('local_reply_config makes 418 of 404');
  });

  it('is not guessed by a filter that depends on more', async () => {
    const result = await throughHttp({ routes: [], manager: manager(to({ runtime_filter: {} })) });
    expect(result.responseCode).toBe(404);
    expect(result.assumptions.join()).toContain('access log filter runtime_filter');
  });

  it('does not change what the upstream answers', async () => {
    expect(
      (await throughHttp({ routes: [route('a')], manager: manager(to(status('GE', 0))) })).responseCode,
    ).toBeNull();
  });
});
