import { describe, expect, it } from 'vitest';
import { parseProxyStatus } from '../../../src/decode/proxy-status/parse.js';
import { fixture, rows } from './fixtures.js';

const TABLE = fixture('between/1.12.txt');
const EXPECTED = rows(parseProxyStatus(TABLE));

describe('a table', () => {
  it.each([
    ['after a warning of istioctl 1.1', `Warning! error execing into istio-pilot-x/istio-system: odd\n\n${TABLE}`],
    ['after log lines', `2026-11-23T13:46:32.998435Z\tinfo\tklog\tWarning: v1 is old\n${TABLE}`],
    ['after a prompt', `$ istioctl proxy-status\n${TABLE}`],
    ['with a byte order mark', `\uFEFF${TABLE}`],
    ['with CRLF', TABLE.replaceAll('\n', '\r\n')],
    ['with colours', TABLE.replaceAll('SYNCED', '\u001b[32mSYNCED\u001b[0m')],
    ['indented', TABLE.replaceAll(/^/gm, '    ')],
    ['with its spaces lost', TABLE.replaceAll(/ +/g, ' ')],
    ['with tabs for spaces', TABLE.replaceAll(/ {2,}/g, '\t')],
    ['without a last newline', TABLE.trimEnd()],
  ])('%s reads the same', (_, text) => {
    expect(rows(parseProxyStatus(text))).toEqual(EXPECTED);
  });

  it('without proxies is a listing of none', () => {
    const text = 'NAME     CDS     LDS     EDS     RDS     PILOT     VERSION\n';
    expect(parseProxyStatus(text)).toEqual({ layout: 'table', proxies: [], unread: [] });
  });

  it('keeps the cells of a row with an empty one in their columns', () => {
    const text = [
      'NAME      CLUSTER        CDS        ISTIOD      VERSION',
      'a.ns1     Kubernetes     SYNCED                 1.20.1',
      'b.ns1                    SYNCED     istiod1     ',
    ].join('\n');
    expect(rows(parseProxyStatus(text))).toEqual([
      'a.ns1 | CDS=SYNCED | - | 1.20.1',
      'b.ns1 | CDS=SYNCED | istiod1 | -',
    ]);
  });

  it('followed by another one joins it', () => {
    const status = parseProxyStatus(`${TABLE}\n${fixture('between/1.20.txt')}`);
    expect(status.proxies).toHaveLength(7);
    expect(status.unread).toEqual([]);
  });

  it('tells which lines it could not read', () => {
    const [header, first, second, third = ''] = TABLE.trimEnd().split('\n');
    const text = [header, first, '2026-11-23T13:46:32Z\terror\tklog\tlost', second, third.slice(0, 90)].join('\n');
    const status = parseProxyStatus(text);

    expect(rows(status)).toEqual(EXPECTED.slice(0, 2));
    expect(status.unread).toEqual([
      { line: 3, text: '2026-11-23T13:46:32Z\terror\tklog\tlost' },
      { line: 5, text: third.slice(0, 90).trim() },
    ]);
  });

  it('keeps a word that is no known state', () => {
    const { proxies } = parseProxyStatus('NAME     CDS         ISTIOD\na.b      DELAYED     istiod1\n');
    expect(proxies[0]?.types.CDS).toEqual({ state: 'UNKNOWN', detail: 'DELAYED', remark: 'DELAYED' });
  });
});
