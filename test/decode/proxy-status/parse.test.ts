import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ProxyStatusError } from '../../../src/decode/proxy-status/error.js';
import { isProxyStatus, parseProxyStatus } from '../../../src/decode/proxy-status/parse.js';
import { fixture, states } from './fixtures.js';

function problem(text: string): ProxyStatusError {
  try {
    parseProxyStatus(text);
  } catch (error) {
    if (error instanceof ProxyStatusError) return error;
    throw error;
  }
  throw new Error('it was read as a listing');
}

describe('a text that is no listing', () => {
  it.each([
    ['nothing', '\n', 'is empty', 1],
    ['a comparison', 'a log line\nClusters Match\nListeners Match\n', 'is a comparison of one proxy', 2],
    ['another comparison', '--- Istiod Clusters\n+++ Envoy Clusters\n', 'is a comparison of one proxy', 1],
    ['a ztunnel', 'Sync diff is not available for ztunnel pod ztunnel-x2k9p.istio-system\n', 'one ztunnel', 1],
    ['an error', 'Error: could not get XDS from discovery pod\n', 'is an error message', 1],
    ['a help text', 'Retrieves last sent\n\nUsage:\n  istioctl proxy-status\n', 'is a help text', 3],
    ['a page', '<html><body>Sign in</body></html>', 'is an HTML page', 1],
    ['another table', 'NAME     READY   STATUS\ncart     1/1     Running\n', 'has no header line', 1],
    ['a config dump', '\n{"configs": []}', 'is no listing of proxies', 2],
    ['another list', '[{"name": "0.0.0.0_80"}]', 'is no listing of proxies', 1],
    ['a list cut off', '[{"proxy": "a.b", "cluster', 'is JSON that is not whole', 1],
  ])('%s is refused with a reason', (_, text, what, line) => {
    const error = problem(text);
    expect(isProxyStatus(text.replace(/^\[\{"proxy".*/, ''))).toBe(false);
    expect(error.what).toContain(what);
    expect(error.line).toBe(line);
    expect(error.hint).not.toBe('');
  });

  it('says what was understood', () => {
    expect(problem('{"configs": []}').message).toBe(
      'line 1: the text is no listing of proxies; understood so far: an Envoy config dump',
    );
  });
});

const RECORDED = new URL('../../../../shared/istioctl/', import.meta.url);

/** The stdout of a recorded call: in a file of its own, else in the record. */
function recorded(call: string): string {
  const own = new URL(`${call}.stdout`, RECORDED);
  if (existsSync(own)) return readFileSync(own, 'utf8');
  const record = readFileSync(new URL(`${call}.txt`, RECORDED), 'utf8');
  return /^--- stdout:.*\n([\s\S]*?)^--- stderr:/m.exec(record)?.[1] ?? '';
}

describe.skipIf(!existsSync(RECORDED))('recorded calls of istioctl (skipped where ../shared is not there)', () => {
  const synced = states(parseProxyStatus(fixture('istio-1.1/table-synced/stdout.txt')));

  it.each([
    ['1.1.6/ps-table', synced],
    ['1.1.6/ps-exec-stderr', synced],
    ['1.1.6/ps-empty', []],
    ['1.1.6/ps-two-pilots', states(parseProxyStatus(fixture('istio-1.1/table-two-pilots/stdout.txt')))],
    ['1.1.6/ps-stale-route', states(parseProxyStatus(fixture('istio-1.1/table-stale-route/stdout.txt')))],
  ])('%s', (call, expected) => {
    expect(states(parseProxyStatus(recorded(call)))).toEqual(expected);
  });

  it.each(['ps-verbose', 'ps-json', 'ps-yaml'])('1.30.3/%s', call => {
    const expected = states(parseProxyStatus(fixture('istio-1.30/list.v1.txt')));
    expect(states(parseProxyStatus(recorded(`1.30.3/${call}`)))).toEqual(expected);
  });

  it('a faulted mesh is the same in the table and in JSON', () => {
    const table = parseProxyStatus(recorded('1.30.3/ps-faulted-verbose'));
    const json = parseProxyStatus(recorded('1.30.3/ps-faulted-json'));
    expect(states(json)).toEqual(states(table));
    expect(states(json).filter(row => /STALE|ERROR|NOT SENT/.test(row))).toEqual([
      'details-v1-79dfbd6fff-d8h8g.default CDS=SYNCED LDS=SYNCED EDS=SYNCED RDS=NOT SENT ECDS=SYNCED',
      'productpage-v1-6d8bc58dd7-hjw6r.default CDS=STALE LDS=SYNCED EDS=SYNCED RDS=ERROR',
    ]);
  });

  it.each(['1.1.6/ps-pod', '1.30.3/ps-ztunnel', '1.30.3/ps-refused', '1.30.3/ps-help'])('%s is no listing', call => {
    expect(isProxyStatus(recorded(call))).toBe(false);
    expect(() => parseProxyStatus(recorded(call))).toThrow(ProxyStatusError);
  });
});
